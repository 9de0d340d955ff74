# Storage for tests: moto, which keeps versions and here checks signatures with Amazon's own code. It is told what to do line
# by line, in JSON, and answers each line with one. What it is told of dates is written into what it keeps: so whoever
# fills it knows the truth.
import base64, json, os, ssl, sys, threading
from datetime import datetime, timezone

os.environ["AWS_ACCESS_KEY_ID"] = os.environ["AWS_SECRET_ACCESS_KEY"] = "filler"
import boto3
from botocore.config import Config
from moto import settings
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.s3.models import s3_backends
from werkzeug.serving import WSGIRequestHandler, make_server

REGION = "eu-north-1"
WSGIRequestHandler.protocol_version = "HTTP/1.1"
WSGIRequestHandler.log_request = lambda self, *rest: None


def served(context):
    application = DomainDispatcherApplication(create_backend_app)
    server = make_server("127.0.0.1", 0, application, threaded=True, ssl_context=context)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


port = served(None)
secure = None
if len(sys.argv) > 2:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    secure = served(context)


def client(name):
    return boto3.client(
        name,
        endpoint_url=f"http://127.0.0.1:{port}",
        region_name=REGION,
        config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 0}, parameter_validation=False),
    )


s3, iam = client("s3"), client("iam")
where = {"LocationConstraint": REGION}
for name, versions in [("store", True), ("plain", False)]:
    s3.create_bucket(Bucket=name, CreateBucketConfiguration=where)
    if versions:
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})


def user(name, *buckets, writes=[]):
    iam.create_user(UserName=name)
    reads = ["s3:ListBucket", "s3:ListBucketVersions", "s3:GetObject", "s3:GetObjectVersion"] + writes
    resources = [f"arn:aws:s3:::{bucket}{rest}" for bucket in buckets for rest in ["", "/*"]]
    policy = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": reads, "Resource": resources}}
    iam.put_user_policy(UserName=name, PolicyName="reads", PolicyDocument=json.dumps(policy))
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return [key["AccessKeyId"], key["SecretAccessKey"]]


reader, other = user("reader", "store", "plain", "missing"), user("other", "elsewhere")
keeper = user("keeper", "store", "plain", "missing", writes=[
    "s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:AbortMultipartUpload",
    "s3:ListBucketMultipartUploads", "s3:GetBucketVersioning",
])


def open_to_all(does):
    """Without checks, as the test that fills it."""
    before, settings.INITIAL_NO_AUTH_ACTION_COUNT = settings.INITIAL_NO_AUTH_ACTION_COUNT, float("inf")
    try:
        return does()
    finally:
        settings.INITIAL_NO_AUTH_ACTION_COUNT = before


def kept(bucket, key, version):
    keys = s3_backends["123456789012"]["aws"].buckets[bucket].keys
    return next(one for one in keys.getlist(key) if version in (None, one.version_id))


def dated(bucket, key, version, date):
    if date is not None:
        at = datetime.fromisoformat(date.replace("Z", "+00:00")).astimezone(timezone.utc).replace(tzinfo=None)
        one = kept(bucket, key, version)
        setattr(one, "_last_modified" if hasattr(one, "_last_modified") else "last_modified", at)


def put(bucket, key, body, date=None, metadata={}, media_type="application/octet-stream"):
    got = s3.put_object(
        Bucket=bucket, Key=key, Body=base64.b64decode(body), Metadata=metadata, ContentType=media_type
    )
    dated(bucket, key, got.get("VersionId"), date)
    return got.get("VersionId")


def pieces(bucket, key, bodies, date=None):
    upload = s3.create_multipart_upload(Bucket=bucket, Key=key)["UploadId"]
    parts = []
    for number, body in enumerate(bodies, 1):
        got = s3.upload_part(Bucket=bucket, Key=key, UploadId=upload, PartNumber=number, Body=base64.b64decode(body))
        parts.append({"PartNumber": number, "ETag": got["ETag"]})
    got = s3.complete_multipart_upload(Bucket=bucket, Key=key, UploadId=upload, MultipartUpload={"Parts": parts})
    dated(bucket, key, got.get("VersionId"), date)
    return got.get("VersionId")


def remove(bucket, key, version=None):
    more = {} if version is None else {"VersionId": version}
    return s3.delete_object(Bucket=bucket, Key=key, **more).get("VersionId")


def uploads(bucket):
    """How many uploads in parts did not end."""
    return len(s3.list_multipart_uploads(Bucket=bucket).get("Uploads", []))


def begin(bucket, key):
    return s3.create_multipart_upload(Bucket=bucket, Key=key)["UploadId"]


def all_of(bucket):
    """What it keeps, to be compared before and after."""
    told = s3.list_object_versions(Bucket=bucket)
    return json.dumps([told.get("Versions"), told.get("DeleteMarkers")], default=str, sort_keys=True)


settings.INITIAL_NO_AUTH_ACTION_COUNT = 0
print(json.dumps({"port": port, "secure": secure, "reader": reader, "other": other, "keeper": keeper}), flush=True)
for line in sys.stdin:
    name, arguments = json.loads(line)
    told = open_to_all(lambda: globals()[name](**arguments))
    print(json.dumps(told), flush=True)
