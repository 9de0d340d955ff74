//! The whole package as a bag (RFC 8493): nothing of it is changed, and every archive can check it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use lagrum_model::Sha256Digest;
use lagrum_package::Items;
use lagrum_package::layout::HEAD;

use crate::files::{copy, write as text};
use crate::instants::day;
use crate::{ConversionError, Converted, Package};

/// The tag file that says what a bag is (RFC 8493, 2.1.1).
const BAG: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// Writes it.
pub(crate) fn write(
    from: &Package<'_>,
    to: &Path,
    now: Timestamp,
) -> Result<Converted, ConversionError> {
    let mut payload = Payload {
        manifest: String::new(),
        octets: 0,
        files: 0,
    };
    for name in HEAD {
        let (digest, length) = copy(from.directory, name, &place(to, name))?.finish();
        payload.add(name, digest, length);
    }
    for line in Items::of(from.directory)? {
        let line = line?;
        copy(from.directory, &line.path, &place(to, &line.path))?.is(&line)?;
        payload.add(&line.path, line.sha256, line.length);
    }
    let mandate = &from.checked.mandate;
    let info = format!(
        "External-Identifier: {}\nExternal-Description: Data of case {} under the mandate with SHA-256 {}\n\
         Internal-Sender-Identifier: {}\nBagging-Date: {}\nPayload-Oxum: {}.{}\n",
        mandate.case,
        mandate.case,
        mandate.digest(),
        one_line(&mandate.reference),
        day(now),
        payload.octets,
        payload.files,
    );
    let mut tags = String::new();
    for (name, content) in [
        ("bagit.txt", BAG),
        ("bag-info.txt", &info),
        ("manifest-sha256.txt", &payload.manifest),
    ] {
        text(&to.join(name), content)?;
        let _ = writeln!(tags, "{}  {name}", Sha256Digest::of(content.as_bytes()));
    }
    text(&to.join("tagmanifest-sha256.txt"), &tags)?;
    Ok(Converted {
        held: payload.files,
        left_out: 0,
    })
}

fn place(to: &Path, path: &str) -> PathBuf {
    to.join("data").join(path)
}

/// What the bag holds.
struct Payload {
    manifest: String,
    octets: u64,
    files: u64,
}

impl Payload {
    fn add(&mut self, path: &str, digest: Sha256Digest, length: u64) {
        // No path of a package has a sign that RFC 8493, 2.1.3 wants written otherwise.
        let _ = writeln!(self.manifest, "{digest}  data/{path}");
        self.octets += length;
        self.files += 1;
    }
}

/// A value of bag-info.txt, which ends with its line.
fn one_line(text: &str) -> String {
    let kept = |sign: char| if sign.is_control() { ' ' } else { sign };
    text.chars().map(kept).collect()
}
