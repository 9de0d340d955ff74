//! What a page of a listing says.

use crate::key::decoded;
use crate::xml::Element;

/// An object, or one version of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Bytes, and never a path.
    pub key: Vec<u8>,
    /// Which version, where versions are listed.
    pub version: Option<String>,
    /// Absent: a mark that the object was removed here.
    pub content: Option<Content>,
    /// When it was put there, as the storage writes it.
    pub modified: String,
}

/// What an entry says of its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Without its marks.
    pub etag: String,
    /// In bytes.
    pub size: u64,
}

/// Where the next page begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Marker {
    /// At the beginning.
    #[default]
    Start,
    /// After this key and version.
    Version(Vec<u8>, String),
    /// Where the storage says.
    Token(String),
}

/// A page.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) entries: Vec<Entry>,
    /// Nothing: it was the last.
    pub(crate) next: Option<Marker>,
}

/// The longest text that is kept of an entry, in bytes; a key has 1,024 at most.
const LONGEST: usize = 1024;

type Wrong = &'static str;

fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok())?
}

/// A key, or what stands for one, as it is written in this answer.
fn key_in(text: &str, as_url: bool) -> Result<Vec<u8>, Wrong> {
    let key = match as_url {
        true => decoded(text).ok_or("a key that is written wrongly")?,
        false => text.as_bytes().to_vec(),
    };
    match key.len() > LONGEST {
        true => Err("a key that is too long"),
        false => Ok(key),
    }
}

impl Page {
    /// Reads a page about `bucket` and `prefix` that was asked for from `from` on.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn read(
        root: &Element,
        bucket: &str,
        prefix: &[u8],
        from: &Marker,
        versions: bool,
    ) -> Result<Self, Wrong> {
        let expected = match versions {
            true => ["ListVersionsResult", "ListBucketVersionsResult"],
            false => ["ListBucketResult", "ListBucketResult"],
        };
        if !expected.contains(&root.name.as_str()) {
            return Err("an answer that is no listing");
        }
        let as_url = match root.text_of("EncodingType")? {
            None | Some("") => false,
            Some("url") => true,
            Some(_) => return Err("keys in an encoding that nobody asked for"),
        };
        let same = |name: &str, asked: &[u8]| {
            let told = root.text_of(name)?.map(|text| key_in(text, as_url));
            match told.transpose()? {
                Some(told) if told != asked => Err("a page that answers another question"),
                _ => Ok(()),
            }
        };
        if root.text_of("Name")?.is_some_and(|name| name != bucket) {
            return Err("a page of another bucket");
        }
        same("Prefix", prefix)?;
        match from {
            Marker::Version(key, _) => same("KeyMarker", key)?,
            Marker::Start if versions => same("KeyMarker", b"")?,
            Marker::Token(token) => {
                if root
                    .text_of("ContinuationToken")?
                    .is_some_and(|told| told != token)
                {
                    return Err("a page that answers another question");
                }
            }
            Marker::Start => {}
        }
        let mut entries = Vec::new();
        for one in &root.inside {
            match (one.name.as_str(), versions) {
                ("Version", true) | ("Contents", false) => {
                    entries.push(Entry::read(one, as_url, versions, true)?);
                }
                ("DeleteMarker", true) => entries.push(Entry::read(one, as_url, versions, false)?),
                ("CommonPrefixes", _) => {
                    return Err("keys that are grouped, and nobody asked for that");
                }
                _ => {}
            }
        }
        if let Some(count) = root.text_of("KeyCount")?
            && number(count) != u64::try_from(entries.len()).ok()
        {
            return Err("a page that has not as many keys as it says");
        }
        let next = match root.text_of("IsTruncated")? {
            Some("false") => None,
            Some("true") => Some(Self::next(root, as_url, versions)?),
            _ => return Err("a page that does not say whether it is the last"),
        };
        Ok(Self { entries, next })
    }

    fn next(root: &Element, as_url: bool, versions: bool) -> Result<Marker, Wrong> {
        const NOWHERE: Wrong = "a page that does not say where the next begins";
        let of = |name| {
            root.text_of(name)?
                .filter(|text| !text.is_empty())
                .ok_or(NOWHERE)
        };
        Ok(match versions {
            true => {
                let version = root.text_of("NextVersionIdMarker")?.unwrap_or_default();
                Marker::Version(key_in(of("NextKeyMarker")?, as_url)?, version.to_owned())
            }
            false => Marker::Token(of("NextContinuationToken")?.to_owned()),
        })
    }
}

impl Entry {
    fn read(one: &Element, as_url: bool, versions: bool, content: bool) -> Result<Self, Wrong> {
        let kept = |name: &str| {
            let text = one.text_of(name)?;
            match text.is_some_and(|text| text.len() > LONGEST) {
                true => Err("a text that is too long"),
                false => Ok(text),
            }
        };
        let key = key_in(
            one.text_of("Key")?.ok_or("an object without a key")?,
            as_url,
        )?;
        if key.is_empty() {
            return Err("an object without a key");
        }
        let version = match versions {
            false => None,
            true => {
                let version = kept("VersionId")?.filter(|version| !version.is_empty());
                Some(version.ok_or("a version without a number")?.to_owned())
            }
        };
        let content = match content {
            false => None,
            true => {
                let etag = kept("ETag")?.unwrap_or_default().trim_matches('"');
                if etag.is_empty() || !etag.bytes().all(|byte| byte.is_ascii_graphic()) {
                    return Err("an object without an ETag");
                }
                let size = kept("Size")?.and_then(number);
                Some(Content {
                    etag: etag.to_owned(),
                    size: size.ok_or("an object without a length")?,
                })
            }
        };
        Ok(Self {
            key,
            version,
            content,
            modified: kept("LastModified")?.unwrap_or_default().to_owned(),
        })
    }

    /// Where it lies, for people.
    #[must_use]
    pub fn locator(&self) -> String {
        let key = crate::key::shown(&self.key);
        match &self.version {
            None => key,
            Some(version) => format!("{key} version {}", crate::key::shown(version.as_bytes())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml;

    fn page(text: &str, versions: bool) -> Result<Page, Wrong> {
        let root = xml::read(text.as_bytes()).unwrap();
        Page::read(&root, "store", b"a/", &Marker::Start, versions)
    }

    #[test]
    fn a_page_that_leaves_something_open_is_none() {
        let object = "<Contents><Key>a/1</Key><ETag>\"e\"</ETag><Size>1</Size><LastModified>x</LastModified></Contents>";
        let of = |inside: &str| {
            page(
                &format!("<ListBucketResult>{inside}</ListBucketResult>"),
                false,
            )
        };
        let whole = of(&format!(
            "<IsTruncated>false</IsTruncated><KeyCount>1</KeyCount>{object}"
        ))
        .unwrap();
        assert_eq!(whole.entries[0].locator(), "a/1");
        assert_eq!(whole.next, None);
        let last = "<IsTruncated>false</IsTruncated>";
        for (inside, why) in [
            (object.to_owned(), "whether it is the last"),
            (
                "<IsTruncated>true</IsTruncated>".into(),
                "where the next begins",
            ),
            (
                format!("{last}<KeyCount>2</KeyCount>{object}"),
                "as many keys",
            ),
            (format!("{last}<Name>other</Name>"), "another bucket"),
            (format!("{last}<Prefix>b/</Prefix>"), "another question"),
            (format!("{last}<CommonPrefixes/>"), "grouped"),
            (
                format!("{last}<EncodingType>base64</EncodingType>"),
                "encoding",
            ),
            (
                format!("{last}{}", object.replace("<Size>1", "<Size>-1")),
                "without a length",
            ),
            (
                format!("{last}{}", object.replace("<ETag>\"e\"</ETag>", "")),
                "without an ETag",
            ),
            (
                format!("{last}{}", object.replace("a/1", "")),
                "without a key",
            ),
            (
                format!("{last}{}", object.replace("a/1", &"k".repeat(1025))),
                "too long",
            ),
            (
                format!(
                    "{last}<EncodingType>url</EncodingType>{}",
                    object.replace("a/1", "%a")
                ),
                "wrongly",
            ),
        ] {
            assert_eq!(
                of(&inside).map(|_| ()).map_err(|e| e.contains(why)),
                Err(true),
                "{inside}"
            );
        }
        assert!(page("<Error><Code>NoSuchBucket</Code></Error>", false).is_err());
        assert!(
            page(
                "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>",
                true
            )
            .is_err()
        );
    }

    #[test]
    fn versions_and_marks_of_removal_are_told_apart() {
        let page = page(
            "<ListVersionsResult><IsTruncated>true</IsTruncated><EncodingType>url</EncodingType><NextKeyMarker>a/1+%2B</NextKeyMarker>\
             <DeleteMarker><Key>a/1+%2B</Key><VersionId>2</VersionId></DeleteMarker>\
             <Version><Key>a/1+%2B</Key><VersionId>1</VersionId><ETag>e</ETag><Size>3</Size></Version></ListVersionsResult>",
            true,
        );
        let page = page.unwrap();
        assert_eq!(
            page.next,
            Some(Marker::Version(b"a/1 +".to_vec(), String::new()))
        );
        assert_eq!(page.entries[0].content, None);
        assert_eq!(page.entries[1].locator(), "a/1 + version 1");
        assert_eq!(
            page.entries[1].content.as_ref().map(|content| content.size),
            Some(3)
        );
    }
}
