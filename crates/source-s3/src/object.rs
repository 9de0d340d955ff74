//! One object, or one version of it: what stands beside it, and its bytes.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::time::{Duration, Instant};

use lagrum_objects::listing::GoOn;
use lagrum_objects::{Answer, Ask, Client, Content, Entry, Fault, Verb};
use lagrum_source::SourceError;

use crate::checksum::Checks;
use crate::config::Etag;
use crate::fault::ended;

/// What is known of the bytes that came.
pub(crate) struct Fetched {
    /// What they are (RFC 6838), if the storage says so in a way that can be handed on.
    pub(crate) media_type: Option<String>,
}

/// An object is whole within that time, and a second more for each of so many bytes.
const WHOLE: Duration = Duration::from_secs(300);
const EACH_SECOND: u64 = 64 << 10;
/// The longest type that is handed on, in bytes.
const LONGEST_TYPE: usize = 127;

fn asked<T>(
    client: &mut Client,
    verb: Verb,
    entry: &Entry,
    content: &Content,
    does: impl FnOnce(&mut Client, Answer) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let version = entry.version.as_deref().map(str::as_bytes);
    let query: Vec<_> = version
        .map(|version| ("versionId", version))
        .into_iter()
        .collect();
    let mut headers = vec![("if-match", format!("\"{}\"", content.etag))];
    if verb == Verb::Get {
        headers.push(("x-amz-checksum-mode", "ENABLED".to_owned()));
    }
    let answer = client.answer(
        verb,
        &Ask {
            what: match verb {
                Verb::Get => "to give an object",
                Verb::Head => "to tell of an object",
            },
            key: &entry.key,
            query: &query,
            headers: &headers,
        },
    )?;
    let told = answer.header("etag");
    if told.as_deref().map(|etag| etag.trim_matches('"')) != Some(&content.etag) {
        client.leave();
        return Err(Fault::Changed(
            "the object is another than the one that was listed; search again",
        ));
    }
    // Without versions of its own an object has the version `null`, which nobody needs to name.
    let wanted = entry
        .version
        .as_deref()
        .filter(|version| *version != "null");
    if wanted.is_some_and(|wanted| answer.header("x-amz-version-id").as_deref() != Some(wanted)) {
        client.leave();
        return Err(Fault::Nonsense("a version that was not asked for"));
    }
    does(client, answer)
}

/// What stands in a header beside an object.
pub(crate) fn metadata(
    client: &mut Client,
    entry: &Entry,
    content: &Content,
    name: &str,
) -> Result<Option<String>, Fault> {
    asked(client, Verb::Head, entry, content, |_, answer| {
        let mut values = answer.headers.get_all(name).iter();
        let first = values
            .next()
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        // Two are none: nobody knows which of them is meant.
        Ok(first.filter(|_| values.next().is_none()))
    })
}

/// Writes the bytes of an object into `file`, from its beginning, and compares them with all that is said of them.
pub(crate) fn fetch(
    client: &mut Client,
    entry: &Entry,
    content: &Content,
    etag: Etag,
    file: &File,
    scratch: &dyn Fn(io::Error) -> SourceError,
    go_on: GoOn<'_>,
) -> Result<Fetched, Fault> {
    let etag = match etag {
        Etag::Md5 => Some(content.etag.as_str()),
        Etag::Opaque => None,
    };
    asked(client, Verb::Get, entry, content, |client, mut answer| {
        let length = answer.header("content-length");
        let length = length.and_then(|length| length.parse::<u64>().ok());
        if length != Some(content.size) {
            client.leave();
            return Err(Fault::Nonsense(
                "an object of another length than was listed",
            ));
        }
        let mut checks = Checks::of(&|name| answer.header(name), etag).map_err(Fault::Nonsense)?;
        let media_type = answer.header("content-type").filter(|text| {
            text.len() <= LONGEST_TYPE && text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
        });
        file.set_len(0).map_err(|e| ended(scratch(e)))?;
        let mut at = 0;
        let (began, within) = (
            Instant::now(),
            WHOLE + Duration::from_secs(content.size / EACH_SECOND),
        );
        while let Some(bytes) = client.next(&mut answer)? {
            go_on()?;
            if began.elapsed() > within {
                return Err(Fault::Broke(io::ErrorKind::TimedOut.into()));
            }
            if bytes.len() as u64 > content.size - at {
                client.leave();
                return Err(Fault::Nonsense("an object that is longer than announced"));
            }
            file.write_all_at(&bytes, at)
                .map_err(|e| ended(scratch(e)))?;
            checks.push(&bytes);
            at += bytes.len() as u64;
        }
        if at != content.size {
            return Err(Fault::Broke(io::ErrorKind::UnexpectedEof.into()));
        }
        match checks.agree() {
            true => Ok(Fetched { media_type }),
            false => Err(Fault::Nonsense(
                "the bytes of an object are not those of its checksum; where its ETags are no digests, write `etag = \"opaque\"`",
            )),
        }
    })
}
