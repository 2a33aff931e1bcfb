# Makes the emulator's certificate once, under its own names and AWS's, and starts it.
set -eu
tls=/world/tls
state=/world/aws
mkdir -p "$tls" "$state/tmp"
if [ ! -e "$tls/ca.pem" ]; then
  /emulator/bin/python /emulator/certificate.py "$tls" \
    localhost '*.localhost' '*.execute-api.localhost' 127.0.0.1 \
    '*.amazonaws.com' '*.s3.amazonaws.com' \
    '*.us-east-1.amazonaws.com' '*.s3.us-east-1.amazonaws.com' '*.execute-api.us-east-1.amazonaws.com' \
    '*.eu-central-1.amazonaws.com' '*.s3.eu-central-1.amazonaws.com' '*.execute-api.eu-central-1.amazonaws.com'
fi
export AUTH=true USE_SSL=1 GATEWAY_PORT=4566 BIND_HOST=0.0.0.0 LAMBDA_EXECUTOR=local TMPDIR="$state/tmp"
export MINISTACK_SSL_CERT="$tls/certificate.pem" MINISTACK_SSL_KEY="$tls/key.pem" NODE_EXTRA_CA_CERTS="$tls/ca.pem"
export PERSIST_STATE=1 STATE_DIR="$state/state" S3_PERSIST=1 S3_DATA_DIR="$state/s3" IOT_MTLS_ENABLED=0 SFTP_ENABLED=0
exec /emulator/bin/python -m hypercorn ministack.app:app --bind 0.0.0.0:4566 \
  --certfile "$MINISTACK_SSL_CERT" --keyfile "$MINISTACK_SSL_KEY" --keep-alive 75
