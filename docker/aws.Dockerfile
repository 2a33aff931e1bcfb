# The AWS emulator with TLS and AUTH. Its functions run with the Node of this image.
FROM node:24-bookworm-slim
RUN apt-get update \
  && apt-get install --yes --no-install-recommends python3 python3-venv \
  && rm -rf /var/lib/apt/lists/* \
  && python3 -m venv /emulator \
  && /emulator/bin/pip install --no-cache-dir ministack==1.5.33 cryptography
COPY packages/testing/src/certificate.py /emulator/certificate.py
COPY docker/aws.sh /emulator/aws.sh
CMD ["sh", "/emulator/aws.sh"]
