# Build: docker build -t kernelwalk .
# Run:   docker run --read-only --volume kernelwalk:/data --publish 8000:8000 kernelwalk
FROM python:3.13-slim-bookworm AS build
COPY requirements-server.txt /build/
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --no-compile --only-binary :all: --require-hashes -r /build/requirements-server.txt \
    && rm -rf /opt/venv/lib/python3.13/site-packages/pip /opt/venv/lib/python3.13/site-packages/pip-*
COPY app /srv/kernelwalk/app
COPY core /srv/kernelwalk/core
COPY locale /srv/kernelwalk/locale
COPY static /srv/kernelwalk/static
COPY templates /srv/kernelwalk/templates
# Byte code and what a start joins and compresses are made here because nothing can be written where it runs.
WORKDIR /srv/kernelwalk
RUN /opt/venv/bin/python -m compileall -q /opt/venv/lib /srv/kernelwalk \
    && KERNELWALK_PREPARED=/srv/kernelwalk/prepared /opt/venv/bin/python -c \
       'from app.settings import Settings; from app.state import make_state; make_state(Settings())' \
    && install -d -o 10001 -g 10001 -m 0750 /data

FROM python:3.13-slim-bookworm
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/kernelwalk /srv/kernelwalk
COPY --from=build --chown=10001:10001 /data /data
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    KERNELWALK_HOST=0.0.0.0 \
    KERNELWALK_PORT=8000 \
    KERNELWALK_PREPARED=/srv/kernelwalk/prepared \
    KERNELWALK_STORE=/data
WORKDIR /srv/kernelwalk
USER 10001:10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen('http://127.0.0.1:' + os.environ['KERNELWALK_PORT'] + '/healthz', timeout=2)"]
# The server is process 1: it takes SIGTERM itself and ends open streams within its own deadline.
STOPSIGNAL SIGTERM
CMD ["python", "-m", "app"]
