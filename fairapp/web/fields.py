"""Fields for figures, as people of each language write them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from wtforms import Field
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput

from fairapp.i18n import formats
from fairapp.i18n.phrases import phrase
from fairapp.rules.reasons import Shape


class NumberField(Field):  # type: ignore[misc]
    """A number, as the language writes it: ``1.200,5`` or ``1,200.5``; see ``formats.read_number``."""

    widget = TextInput()
    data: Decimal | None

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else formats.plain_number(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; nothing is no number, and no fault by itself."""
        said = str(valuelist[0]).strip() if valuelist else ""
        self.data = formats.read_number(said)
        if said and (self.data is None or not self.suits(self.data)):
            self.data = None
            raise ValueError(phrase(Shape.NOT_A_NUMBER))

    def pre_validate(self, form: Any) -> None:
        """A number that cannot be read is one fault, not also one out of its bounds."""
        if self.process_errors:
            raise StopValidation

    def suits(self, number: Decimal) -> bool:
        """Whether the field takes this number."""
        return True


class WholeField(NumberField):
    """A whole number; its data are an ``int``."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read it as a number without decimals."""
        super().process_formdata(valuelist)
        if self.data is not None:
            self.data = int(self.data)

    def suits(self, number: Decimal) -> bool:
        """Nothing behind the comma."""
        return number == number.to_integral_value()
