# The live service as an ordinary user. Everything that is downloaded is named by the hashed lock.
FROM python:3.11-slim-bookworm AS build
RUN python -m venv /opt/venv
COPY requirements.txt /tmp/
RUN /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /tmp/requirements.txt

FROM python:3.11-slim-bookworm
RUN useradd --create-home --uid 10001 monitor && install -d -o monitor /data
COPY --from=build /opt/venv /opt/venv
COPY config /opt/app/config
COPY storage /opt/app/storage
COPY monitor /opt/app/monitor
# Nothing is fetched at run time, and nothing is written but to /data and /tmp.
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONPATH=/opt/app \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HF_HUB_OFFLINE=1 \
    MPLCONFIGDIR=/tmp/matplotlib
USER monitor
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "-m", "monitor"]
CMD ["run"]
