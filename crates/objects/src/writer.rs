//! What changes a bucket: an object put there in parts, and removed.

use std::sync::Arc;

use hyper::body::Bytes;
use hyper::{Method, StatusCode};
use jiff::Timestamp;

use crate::bucket::Bucket;
use crate::client::{Answer, Ask, Client};
use crate::fault::Fault;
use crate::xml::Element;

/// Whoever changes a bucket. Each request is made once, unless whoever asks does it again.
pub struct Writer {
    client: Client,
}

/// An object that was put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completed {
    /// Which version it is, where the bucket keeps them.
    pub version: Option<String>,
}

/// An upload in parts that was begun and has not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Of which object.
    pub key: Vec<u8>,
    /// How the storage calls it.
    pub id: String,
    /// When it was begun (UTC), if that is told.
    pub begun: Option<Timestamp>,
}

impl Writer {
    /// Not yet connected.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn new(bucket: &Arc<Bucket>) -> Result<Self, Fault> {
        Ok(Self {
            client: Client::new(bucket)?,
        })
    }

    /// The same connection, for reading.
    pub fn reads(&mut self) -> &mut Client {
        &mut self.client
    }

    /// Does something until it succeeds, fails for good, or was tried often enough.
    ///
    /// # Errors
    /// The last try.
    pub fn patiently<T>(
        &mut self,
        does: &mut dyn FnMut(&mut Self) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let patience = self.client.patience;
        let hangs_up = |writer: &mut Self, fault: &Fault| {
            let passes = fault.passes();
            if passes {
                writer.client.leave();
            }
            passes
        };
        let ended = patience.tries(self, &|| Ok(()), hangs_up, does);
        ended.map_err(|fault| match fault {
            Fault::Busy(code, _) => Fault::Busy(code, patience.tries),
            other => other,
        })
    }

    fn done(&mut self, method: &Method, ask: &Ask<'_>, body: &Bytes) -> Result<Answer, Fault> {
        let (status, answer) = self.client.asked(method, ask, body)?;
        match status {
            StatusCode::OK | StatusCode::NO_CONTENT => Ok(answer),
            _ => Err(self.client.refused(method, status, answer, ask)),
        }
    }

    /// The rest of an answer is of no interest; what is left of it ends the connection.
    fn passed_over(&mut self, mut answer: Answer) -> Result<(), Fault> {
        match self.client.next(&mut answer)? {
            None => Ok(()),
            Some(_) => {
                self.client.leave();
                Ok(())
            }
        }
    }

    /// Begins to put an object in parts, and gives the name of the upload.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn begin(&mut self, key: &[u8]) -> Result<String, Fault> {
        let kind = [("content-type", "application/octet-stream".to_owned())];
        let ask = Ask {
            what: "to begin an upload",
            key,
            query: &[("uploads", b"")],
            headers: &kind,
        };
        let answer = self.done(&Method::POST, &ask, &Bytes::new())?;
        let root = self.client.xml_of(answer)?;
        let id = root.text_of("UploadId").map_err(Fault::Nonsense)?;
        let id = id.filter(|id| root.name == "InitiateMultipartUploadResult" && is_plain(id));
        id.map(str::to_owned)
            .ok_or(Fault::Nonsense("an upload without a name"))
    }

    /// Puts a part, of this number from 1 on, and gives its ETag with its marks. The storage is told the SHA-256 of the
    /// part: it is signed.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn part(
        &mut self,
        key: &[u8],
        upload: &str,
        number: usize,
        bytes: &Bytes,
    ) -> Result<String, Fault> {
        let number = number.to_string();
        let ask = Ask {
            what: "to take a part of an object",
            key,
            query: &[
                ("partNumber", number.as_bytes()),
                ("uploadId", upload.as_bytes()),
            ],
            headers: &[],
        };
        let answer = self.done(&Method::PUT, &ask, bytes)?;
        let etag = answer.header("etag").unwrap_or_default();
        self.passed_over(answer)?;
        match is_plain(etag.trim_matches('"')) {
            true => Ok(etag),
            false => Err(Fault::Nonsense("a part without an ETag")),
        }
    }

    /// Puts an object together out of its parts. `only_new`: only if nothing lies there, where the storage knows that
    /// condition; one that says that it does not is asked without it, so ask what lies there before.
    ///
    /// # Errors
    /// [`Fault::There`] if something lies there, or is being put there just now; [`Fault::NoUpload`]; others.
    pub fn complete(
        &mut self,
        key: &[u8],
        upload: &str,
        etags: &[String],
        only_new: bool,
    ) -> Result<Completed, Fault> {
        let parts: String = (1..)
            .zip(etags)
            .map(|(number, etag)| {
                // An ETag has no sign of XML but its marks: see `is_plain`.
                let etag = etag.replace('"', "&quot;");
                format!("<Part><PartNumber>{number}</PartNumber><ETag>{etag}</ETag></Part>")
            })
            .collect();
        let body = format!("<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>");
        let new = [("if-none-match", "*".to_owned())];
        let ask = Ask {
            what: "to put an object together",
            key,
            query: &[("uploadId", upload.as_bytes())],
            headers: if only_new { &new } else { &[] },
        };
        let (status, answer) = self.client.asked(&Method::POST, &ask, &body.into())?;
        match status {
            StatusCode::OK => {}
            StatusCode::PRECONDITION_FAILED | StatusCode::CONFLICT => {
                self.client.leave();
                return Err(Fault::There);
            }
            StatusCode::NOT_IMPLEMENTED if only_new => {
                self.client.leave();
                return self.complete(key, upload, etags, false);
            }
            _ => {
                return Err(self.client.refused(&Method::POST, status, answer, &ask));
            }
        }
        let version = answer.header("x-amz-version-id");
        // It says that it goes well before it knows, and tells in the body when it did not.
        let root = self.client.xml_of(answer)?;
        let code = root.text_of("Code").map_err(Fault::Nonsense)?;
        match (root.name.as_str(), code) {
            ("CompleteMultipartUploadResult", _) => Ok(Completed {
                version: version.filter(|version| version != "null"),
            }),
            ("Error", Some("PreconditionFailed" | "ConditionalRequestConflict")) => {
                Err(Fault::There)
            }
            ("Error", Some(code)) => Err(Fault::Busy(plain(code), 1)),
            _ => Err(Fault::Nonsense("an object that was not put together")),
        }
    }

    /// Ends an upload, so that nothing of it is kept. One that is not known is ended.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn abort(&mut self, key: &[u8], upload: &str) -> Result<(), Fault> {
        let ask = Ask {
            what: "to end an upload",
            key,
            query: &[("uploadId", upload.as_bytes())],
            headers: &[],
        };
        match self.done(&Method::DELETE, &ask, &Bytes::new()) {
            Ok(answer) => self.passed_over(answer),
            Err(Fault::NoUpload) => Ok(()),
            Err(fault) => Err(fault),
        }
    }

    /// Uploads below a prefix that have not ended, the first thousand, and what time it is at the storage (UTC).
    ///
    /// # Errors
    /// [`Fault`].
    pub fn uploads(&mut self, prefix: &[u8]) -> Result<(Vec<Upload>, Option<Timestamp>), Fault> {
        let ask = Ask {
            what: "to tell of uploads",
            key: b"",
            query: &[("prefix", prefix), ("uploads", b"")],
            headers: &[],
        };
        let root = self.client.xml(&ask)?;
        if root.name != "ListMultipartUploadsResult" {
            return Err(Fault::Nonsense("an answer that is no list of uploads"));
        }
        let uploads = root.inside.iter().filter(|one| one.name == "Upload");
        let read = |one: &Element| {
            let text = |name: &str| one.text_of(name).map_err(Fault::Nonsense);
            let (key, id) = (text("Key")?, text("UploadId")?.filter(|id| is_plain(id)));
            let (Some(key), Some(id)) = (key, id) else {
                return Err(Fault::Nonsense("an upload without a name"));
            };
            if !key.as_bytes().starts_with(prefix) {
                return Err(Fault::Nonsense("a key that does not begin with the prefix"));
            }
            Ok(Upload {
                key: key.as_bytes().to_vec(),
                id: id.to_owned(),
                begun: text("Initiated")?.and_then(|at| at.parse().ok()),
            })
        };
        Ok((
            uploads.map(read).collect::<Result<_, _>>()?,
            self.client.said(),
        ))
    }

    /// Removes an object, or one version of it. Whether something of it is kept all the same, under a mark of removal.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn remove(&mut self, key: &[u8], version: Option<&str>) -> Result<bool, Fault> {
        let query: Vec<_> = version
            .iter()
            .map(|version| ("versionId", version.as_bytes()))
            .collect();
        let ask = Ask {
            what: "to remove an object",
            key,
            query: &query,
            headers: &[],
        };
        let answer = match self.done(&Method::DELETE, &ask, &Bytes::new()) {
            // It is gone, and nothing else was wanted.
            Err(Fault::Refused { code, .. })
                if ["NoSuchKey", "NoSuchVersion"].contains(&&*code) =>
            {
                return Ok(false);
            }
            answer => answer?,
        };
        let marked =
            version.is_none() && answer.header("x-amz-delete-marker").as_deref() == Some("true");
        self.passed_over(answer)?;
        Ok(marked)
    }

    /// Whether the bucket keeps versions; also one that does not any more, but may have old ones.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn keeps_versions(&mut self) -> Result<bool, Fault> {
        let ask = Ask {
            what: "to tell whether it keeps versions",
            key: b"",
            query: &[("versioning", b"")],
            headers: &[],
        };
        let root = self.client.xml(&ask)?;
        // It has other names at others.
        if !root.name.contains("Versioning") {
            return Err(Fault::Nonsense("an answer to another question"));
        }
        let status = root.text_of("Status").map_err(Fault::Nonsense)?;
        Ok(matches!(status, Some("Enabled" | "Suspended")))
    }

    /// Whether anybody may look into the bucket, or at this object of it, without a key.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn is_open_to_all(&mut self, key: &[u8]) -> Result<bool, Fault> {
        let ask = Ask {
            what: "to answer",
            key,
            query: &[],
            headers: &[],
        };
        let (status, _) = self.client.unsigned(&ask)?;
        match status.is_server_error() {
            true => Err(Fault::Busy(status.as_u16().to_string(), 1)),
            false => Ok(status.is_success()),
        }
    }
}

/// Whether something is a name that can be written into an address and into XML as it is.
fn is_plain(text: &str) -> bool {
    let odd = |byte: u8| b"<>&\"'".contains(&byte);
    (1..=1024).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !odd(byte))
}

/// A code as it may be told.
fn plain(code: &str) -> String {
    let letters = code.chars().filter(char::is_ascii_alphanumeric);
    letters.take(64).collect()
}
