//! Accounts in a passwd-file of Dovecot: `user:password:uid:gid:gecos:home:shell:extra fields`.
//!
//! Of a line nothing is looked at but the user; nothing else of it is kept, goes into a digest, or is
//! repeated in an error.

use std::io::{self, BufReader};

use lagrum_durable::{FileError, Lines, open_settings};
use lagrum_model::{EmailAddress, Sha256Digest};
use sha2::{Digest, Sha256};

use crate::marks::Marks;
use crate::query::Each;
use crate::{AccountsError, Columns, Input, Row};

/// The longest line, in bytes.
const LONGEST: u64 = 64 << 10;

/// Hands each user to `each`, with the line. Gives marks of the file and the digest of lines and users.
pub(crate) fn rows(
    input: &Input,
    domain: Option<&str>,
    columns: &Columns,
    each: Each<'_>,
) -> Result<(Marks, Sha256Digest), AccountsError> {
    let path = input.file();
    let file = open_settings(path)?;
    let before = Marks::of(&file, path)?;
    let same = file.try_clone().map_err(FileError::of("read", path))?;
    let names = ["address".to_owned()];
    columns.check(&input.shown(), &names, &input.rules)?;
    let mut lines = Lines::new(BufReader::new(file), LONGEST);
    let mut digest = Sha256::new();
    let mut number = 0;
    loop {
        number += 1;
        let line = lines.next_line().map_err(|error| match error.kind() {
            io::ErrorKind::FileTooLarge => AccountsError::Row {
                row: input.row(number, None),
                why: "this line is longer than 64 KiB".into(),
            },
            _ => FileError::new("read", path, error).into(),
        })?;
        let Some(line) = line else { break };
        let user = line.split(|byte| *byte == b':').next().unwrap_or(line);
        let user = user.strip_suffix(b"\r").unwrap_or(user);
        // As Dovecot reads it: what begins so names no user.
        if user.is_empty() || user.starts_with(b"#") {
            continue;
        }
        let address = address(user, domain).map_err(|why| AccountsError::Row {
            row: input.row(number, None),
            why: why.into(),
        })?;
        digest.update(number.to_be_bytes());
        digest.update((address.len() as u64).to_be_bytes());
        digest.update(address.as_bytes());
        let values = [address.as_str()];
        each(
            number,
            &Row {
                names: &names,
                values: &values,
            },
        )?;
    }
    if Marks::of(&same, path)? != before {
        return Err(AccountsError::Whole {
            table: input.shown(),
            why: "it was written to while it was read; have it replaced as a whole, and try again"
                .into(),
        });
    }
    Ok((before, Sha256Digest(digest.finalize().into())))
}

/// The address of a user. What is wrong with one is told without it: what stands there may be a piece of
/// a line that was broken.
fn address(user: &[u8], domain: Option<&str>) -> Result<String, &'static str> {
    let user = std::str::from_utf8(user).map_err(|_| "it is not text in UTF-8")?;
    // Of a line that was broken, a hash would become a user of that domain.
    let hash = user.contains(['{', '}', '$', '/', '=']);
    let address = match (user.contains('@'), domain) {
        (true, _) => user.to_owned(),
        (false, _) if hash => {
            return Err(
                "what stands before the first colon looks like a piece of a password; mend the line",
            );
        }
        (false, Some(domain)) => format!("{user}@{domain}"),
        (false, None) => {
            return Err(
                "the user has no domain; write `domain` in [accounts], if all that have none are of one",
            );
        }
    };
    match EmailAddress::parse(&address) {
        Ok(_) => Ok(address),
        Err(_) => Err(
            "what stands before the first colon is no mail address that an account here can have (local@domain, RFC 5321); mend the line",
        ),
    }
}
