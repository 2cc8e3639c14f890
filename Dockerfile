# syntax=docker/dockerfile:1

# The front end and the wheel are built by the same script as in a checkout.
FROM python:3.11-slim-bookworm AS build
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
WORKDIR /src
COPY requirements/ requirements/
COPY tools/ tools/
COPY package.json package-lock.json .npmrc ./
COPY setup.cfg pyproject.toml README.md LICENSE CREDITS.md ./
COPY fairapp/ fairapp/
COPY templates/ templates/
COPY static/ static/
RUN python tools/install.py \
 && .venv/bin/python -m pip wheel -q --no-deps --no-build-isolation --no-index -w /wheels . \
 && python -m venv /opt/fairapp \
 && .venv/bin/uv pip install -q --python /opt/fairapp/bin/python --require-hashes -r requirements/runtime.txt \
 && .venv/bin/uv pip install -q --python /opt/fairapp/bin/python --no-deps --no-index /wheels/*.whl

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /var/lib/fairapp --create-home fairapp
COPY --from=build /opt/fairapp /opt/fairapp
ENV PATH=/opt/fairapp/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    FAIRAPP_INSTANCE=/var/lib/fairapp \
    PORT=8000
USER 10001
WORKDIR /var/lib/fairapp
VOLUME /var/lib/fairapp
EXPOSE 8000
# The service answers to its own name only, so the probe has to call it by that.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-c", "import os; from http.client import HTTPConnection as C; from urllib.parse import urlsplit as u; p = os.environ['PORT']; h = u(os.environ.get('FAIRAPP_BASE_URL') or 'http://127.0.0.1:' + p).netloc; c = C('127.0.0.1', int(p), timeout=4); c.request('GET', '/healthz', headers={'Host': h}); raise SystemExit(c.getresponse().status != 200)"]
CMD ["fairapp", "serve", "--host", "0.0.0.0"]
