//! All that lies below a prefix, listed to the end, until two listings agree.

use std::collections::HashSet;

use sha2::{Digest as _, Sha256};

use crate::answer::{Content, Entry, Marker, Page};
use crate::client::{Ask, Client};
use crate::fault::{Fault, LISTS};
use crate::xml::Element;

/// How often it is listed until two listings agree.
const ATTEMPTS: usize = 8;
/// So many objects, versions and marks lie below a prefix at most.
const MOST: u64 = 10_000_000;
/// So many of them may be kept, to be read.
const MOST_KEPT: usize = 500_000;
/// So many pages without a key may follow each other.
const MOST_EMPTY: u32 = 100;

/// What a listing told.
#[derive(Debug, Default)]
pub struct Listed {
    /// What is read, in the order of the storage.
    pub kept: Vec<Entry>,
    /// Objects and versions.
    pub contents: u64,
    /// Marks that something was removed.
    pub removed: u64,
    /// Of all that was told.
    digest: [u8; 32],
}

/// Whether it may go on.
pub type GoOn<'a> = &'a dyn Fn() -> Result<(), Fault>;
/// Whether an entry is kept.
pub type Keep<'a> = &'a dyn Fn(&Entry) -> bool;

/// Lists what lies below `prefix` until two listings in a row agree, so that nothing is missed because it was put from a
/// place not yet listed to one already listed.
///
/// # Errors
/// [`Fault`]; where no two agree, or there are more than ten million.
pub fn settled(
    client: &mut Client,
    prefix: &[u8],
    go_on: GoOn<'_>,
    keep: Keep<'_>,
) -> Result<Listed, Fault> {
    let mut before = list(client, prefix, go_on, &|_| false)?;
    for _ in 0..ATTEMPTS {
        let after = list(client, prefix, go_on, keep)?;
        if before.digest == after.digest {
            return Ok(after);
        }
        before = after;
    }
    Err(Fault::Changed(
        "objects come and go all the time, so that no two listings agree; search again",
    ))
}

fn list(
    client: &mut Client,
    prefix: &[u8],
    go_on: GoOn<'_>,
    keep: Keep<'_>,
) -> Result<Listed, Fault> {
    let mut listed = Listed::default();
    let mut digest = Sha256::new();
    let mut rising = Rising::default();
    let mut marker = Marker::Start;
    let mut empty = 0;
    loop {
        let page = client.patiently(go_on, &mut |client| page(client, prefix, &marker))?;
        rising.follow(&page.entries).map_err(Fault::Nonsense)?;
        empty = match page.entries.is_empty() {
            true => empty + 1,
            false => 0,
        };
        for entry in page.entries {
            if !entry.key.starts_with(prefix) {
                return Err(Fault::Nonsense("a key that does not begin with the prefix"));
            }
            match entry.content {
                Some(_) => listed.contents += 1,
                None => listed.removed += 1,
            }
            told(&mut digest, &entry);
            if keep(&entry) {
                listed.kept.push(entry);
            }
        }
        if listed.contents + listed.removed > MOST {
            return Err(Fault::Nonsense(
                "more than ten million objects below one prefix",
            ));
        }
        if listed.kept.len() > MOST_KEPT {
            return Err(Fault::Nonsense(
                "more than 500,000 objects below one prefix that are to be read",
            ));
        }
        let Some(next) = page.next else { break };
        if next == marker || empty > MOST_EMPTY {
            return Err(Fault::Nonsense("a listing that does not go on"));
        }
        marker = next;
    }
    listed.digest = digest.finalize().into();
    Ok(listed)
}

/// Asks for a listing of no keys at all, once: so it is known that the bucket may be listed.
///
/// # Errors
/// [`Fault`].
pub fn none(client: &mut Client) -> Result<(), Fault> {
    let versions = client.bucket.versions;
    let root = asked(client, versions, vec![("max-keys", b"0")])?;
    match root.name.starts_with("List") {
        true => Ok(()),
        false => Err(Fault::Nonsense("an answer that is no listing")),
    }
}

/// What lies under a key now; `None`: nothing. A listing of it is asked for and not the object's head, for an answer
/// without a body does not tell a key that is missing from a bucket that is.
///
/// # Errors
/// [`Fault`].
pub fn now_at(client: &mut Client, key: &[u8]) -> Result<Option<Content>, Fault> {
    // Keys rise: the one itself comes before all that begin with it.
    let first = first(client, key)?.filter(|entry| entry.key == key);
    Ok(first.and_then(|entry| entry.content))
}

/// The key of some object below a prefix; `None`: there is none.
///
/// # Errors
/// [`Fault`].
pub fn first_below(client: &mut Client, prefix: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
    Ok(first(client, prefix)?.map(|entry| entry.key))
}

fn first(client: &mut Client, prefix: &[u8]) -> Result<Option<Entry>, Fault> {
    let query: Vec<(&'static str, &[u8])> = vec![
        ("encoding-type", b"url"),
        ("max-keys", b"2"),
        ("prefix", prefix),
    ];
    let root = asked(client, false, query)?;
    let page = Page::read(&root, &client.bucket.name, prefix, &Marker::Start, false);
    let first = page.map_err(Fault::Nonsense)?.entries.into_iter().next();
    match &first {
        Some(entry) if !entry.key.starts_with(prefix) => {
            Err(Fault::Nonsense("a key that does not begin with the prefix"))
        }
        _ => Ok(first),
    }
}

/// Asks for a listing, of versions where the bucket keeps them.
fn asked(
    client: &mut Client,
    versions: bool,
    mut query: Vec<(&'static str, &[u8])>,
) -> Result<Element, Fault> {
    query.push(match versions {
        true => ("versions", b""),
        false => ("list-type", b"2"),
    });
    query.sort_unstable();
    client.xml(&Ask {
        what: LISTS,
        key: b"",
        query: &query,
        headers: &[],
    })
}

fn page(client: &mut Client, prefix: &[u8], marker: &Marker) -> Result<Page, Fault> {
    let versions = client.bucket.versions;
    let most = client.bucket.page.to_string();
    let mut query: Vec<(&'static str, &[u8])> = vec![
        ("encoding-type", b"url"),
        ("max-keys", most.as_bytes()),
        ("prefix", prefix),
    ];
    match marker {
        Marker::Start => {}
        Marker::Version(key, version) => {
            query.push(("key-marker", key));
            if !version.is_empty() {
                query.push(("version-id-marker", version.as_bytes()));
            }
        }
        Marker::Token(token) => query.push(("continuation-token", token.as_bytes())),
    }
    let root = asked(client, versions, query)?;
    Page::read(&root, &client.bucket.name, prefix, marker, versions).map_err(Fault::Nonsense)
}

/// Takes a listing into a digest, so that no two different ones give the same.
fn told(digest: &mut Sha256, entry: &Entry) {
    let (etag, size) = match &entry.content {
        Some(content) => (content.etag.as_bytes(), content.size),
        None => (&b""[..], u64::MAX),
    };
    let version = entry.version.as_deref().unwrap_or_default().as_bytes();
    for piece in [&entry.key, version, etag, entry.modified.as_bytes()] {
        digest.update((piece.len() as u64).to_be_bytes());
        digest.update(piece);
    }
    digest.update(size.to_be_bytes());
}

/// That keys rise from page to page, and that nothing is told twice.
#[derive(Default)]
struct Rising {
    /// The last key so far, and its versions.
    last: Vec<u8>,
    versions: HashSet<Option<String>>,
}

impl Rising {
    /// The next page.
    fn follow(&mut self, entries: &[Entry]) -> Result<(), &'static str> {
        const NOT_RISING: &str = "keys that do not rise from one to the next";
        // A storage may tell all marks of a page after all versions.
        for content in [true, false] {
            let of_kind = entries
                .iter()
                .filter(|one| one.content.is_some() == content);
            let keys: Vec<_> = of_kind.map(|one| &one.key).collect();
            if !keys.is_sorted() {
                return Err(NOT_RISING);
            }
        }
        let mut seen = HashSet::new();
        for entry in entries {
            if entry.key < self.last {
                return Err(NOT_RISING);
            }
            let again = entry.key == self.last && self.versions.contains(&entry.version);
            if again || !seen.insert((&entry.key, &entry.version)) {
                return Err("an object twice");
            }
        }
        let Some(last) = entries.iter().map(|one| &one.key).max() else {
            return Ok(());
        };
        if *last != self.last {
            self.last.clone_from(last);
            self.versions.clear();
        }
        let of_last = entries.iter().filter(|one| one.key == *last);
        self.versions.extend(of_last.map(|one| one.version.clone()));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Content;

    fn entry(key: &str, version: &str, removed: bool) -> Entry {
        Entry {
            key: key.as_bytes().to_vec(),
            version: Some(version.to_owned()),
            content: (!removed).then(|| Content {
                etag: "e".into(),
                size: 1,
            }),
            modified: String::new(),
        }
    }

    #[test]
    fn a_page_that_comes_again_or_goes_back_is_found() {
        let first = [
            entry("a", "1", false),
            entry("b", "2", false),
            entry("b", "1", false),
            entry("b", "3", true),
        ];
        let with = |second: &[Entry]| {
            let mut rising = Rising::default();
            rising.follow(&first)?;
            rising.follow(second)
        };
        assert_eq!(
            with(&[entry("b", "0", false), entry("c", "1", true)]),
            Ok(())
        );
        assert_eq!(with(&[]), Ok(()));
        for wrong in [
            &first[..],
            &[entry("a", "2", false)],
            &[entry("b", "2", false)],
            &[entry("b", "3", true)],
            &[entry("d", "1", false), entry("c", "1", false)],
            &[entry("c", "1", false), entry("c", "1", true)],
        ] {
            assert!(with(wrong).is_err(), "{wrong:?}");
        }
        // Not listed by version, the same key is there once.
        let plain = Entry {
            version: None,
            ..entry("b", "", false)
        };
        let mut rising = Rising::default();
        rising.follow(std::slice::from_ref(&plain)).unwrap();
        assert!(rising.follow(&[plain]).is_err());
    }
}
