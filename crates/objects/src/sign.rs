//! Signatures of requests: AWS Signature Version 4.

use hmac::{Hmac, Mac};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// The SHA-256 of no body.
pub(crate) const NO_BODY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// With what is signed.
pub(crate) struct Key {
    /// Which key it is; no secret.
    pub(crate) id: String,
    /// The key itself.
    pub(crate) secret: Zeroizing<String>,
    /// The region that the storage says it is.
    pub(crate) region: String,
}

/// What is signed of a request.
pub(crate) struct Signed<'a> {
    /// GET, HEAD, or what a writer asks.
    pub(crate) method: &'a str,
    /// As it is sent.
    pub(crate) path: &'a str,
    /// As it is sent: names and values written as [`crate::key::encoded`] writes them, in the order of the names.
    pub(crate) query: &'a str,
    /// In small letters, in their order, each with its value.
    pub(crate) headers: &'a [(&'static str, String)],
    /// The SHA-256 of its body, in hexadecimal.
    pub(crate) payload: &'a str,
}

/// An instant as signatures write it.
pub(crate) fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn hmac(key: &[u8], data: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length");
    mac.update(data);
    Zeroizing::new(mac.finalize().into_bytes().to_vec())
}

impl Key {
    /// What stands in the header `Authorization` of a request that is made at `stamp`.
    pub(crate) fn authorization(&self, request: &Signed<'_>, stamp: &str) -> String {
        let names: Vec<_> = request.headers.iter().map(|(name, _)| *name).collect();
        let names = names.join(";");
        let mut canonical = format!("{}\n{}\n{}\n", request.method, request.path, request.query);
        for (name, value) in request.headers {
            canonical += &format!("{name}:{}\n", value.trim());
        }
        canonical += &format!("\n{names}\n{}", request.payload);
        let day = stamp.get(..8).unwrap_or_default();
        let scope = format!("{day}/{}/s3/aws4_request", self.region);
        let digest = hex::encode(Sha256::digest(canonical.as_bytes()));
        let to_sign = format!("AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{digest}");
        let first = Zeroizing::new(format!("AWS4{}", *self.secret));
        let pieces = [day, &self.region, "s3", "aws4_request"];
        let start = Zeroizing::new(first.as_bytes().to_vec());
        let key = pieces
            .iter()
            .fold(start, |key, piece| hmac(&key, piece.as_bytes()));
        let signature = hex::encode(hmac(&key, to_sign.as_bytes()).as_slice());
        format!(
            "AWS4-HMAC-SHA256 Credential={}/{scope},SignedHeaders={names},Signature={signature}",
            self.id
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples that Amazon publishes (S3 API Reference, "Authenticating Requests: Using the Authorization Header").
    #[test]
    fn amazons_own_examples_are_signed_as_amazon_signs_them() {
        let key = Key {
            id: "AKIAIOSFODNN7EXAMPLE".into(),
            secret: Zeroizing::new("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".into()),
            region: "us-east-1".into(),
        };
        let stamp = stamp("2013-05-24T00:00:00Z".parse().unwrap());
        assert_eq!(stamp, "20130524T000000Z");
        let host = ("host", "examplebucket.s3.amazonaws.com".to_owned());
        let usual = [
            ("x-amz-content-sha256", NO_BODY.to_owned()),
            ("x-amz-date", stamp.clone()),
        ];
        let range = [("range", "bytes=0-9".to_owned())];
        for (path, query, more, signature) in [
            (
                "/test.txt",
                "",
                &range[..],
                "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
            ),
            (
                "/",
                "lifecycle=",
                &[],
                "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
            ),
            (
                "/",
                "max-keys=2&prefix=J",
                &[],
                "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
            ),
        ] {
            let headers: Vec<_> = [host.clone()]
                .iter()
                .chain(more)
                .chain(&usual)
                .cloned()
                .collect();
            let request = Signed {
                method: "GET",
                path,
                query,
                headers: &headers,
                payload: NO_BODY,
            };
            let written = key.authorization(&request, &stamp);
            assert!(
                written.ends_with(&format!(",Signature={signature}")),
                "{written}"
            );
            assert!(written.starts_with("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;"));
        }
    }

    /// The example of a request with a body.
    #[test]
    fn a_body_is_signed_as_amazon_signs_it() {
        let key = Key {
            id: "AKIAIOSFODNN7EXAMPLE".into(),
            secret: Zeroizing::new("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".into()),
            region: "us-east-1".into(),
        };
        let payload = hex::encode(Sha256::digest(b"Welcome to Amazon S3."));
        let headers = [
            ("date", "Fri, 24 May 2013 00:00:00 GMT".to_owned()),
            ("host", "examplebucket.s3.amazonaws.com".to_owned()),
            ("x-amz-content-sha256", payload.clone()),
            ("x-amz-date", "20130524T000000Z".to_owned()),
            ("x-amz-storage-class", "REDUCED_REDUNDANCY".to_owned()),
        ];
        let request = Signed {
            method: "PUT",
            path: "/test%24file.text",
            query: "",
            headers: &headers,
            payload: &payload,
        };
        let written = key.authorization(&request, "20130524T000000Z");
        let signature = "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd";
        assert!(written.ends_with(signature), "{written}");
    }
}
