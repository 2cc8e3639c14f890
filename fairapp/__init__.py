"""A trade-fair exhibitor and booth management system for one-commune-one-product fairs."""

__version__ = "0.1.0"
