use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use include_dir::{Dir, include_dir};
use lagrum_model::Sha256Digest;

use crate::LawError;

/// The packs that were compiled in.
static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../law");

pub(crate) const SCHEMA: &str = "schema.cedarschema";
pub(crate) const FACTS: &str = "facts.toml";
pub(crate) const PACK: &str = "pack.toml";
/// The case table of a pack, and the mutations that the tables are measured by: they test the rules
/// and decide nothing.
const TABLES: [&str; 2] = ["cases.toml", "mutations.toml"];
pub(crate) const CLOCKS: &str = "clocks.toml";
pub(crate) const NOTICE: &str = "notice.toml";
/// The folder of the calendars, which is no pack.
pub(crate) const HOLIDAYS: &str = "holidays";
/// The folder of what is proved of the rules, which is no pack.
pub(crate) const INVARIANTS: &str = "invariants";

/// The longest law file, in bytes: the longest rules of a country have some ten kilobytes, and what is
/// read of a text takes some hundred times its length.
const LONGEST: usize = 128 << 10;
/// How deep brackets may stand in each other: readers take memory for each level.
const DEEPEST: usize = 32;

/// The texts that decide findings, by their path below the folder of the packs (with `/`). Pages
/// for readers (`*.md`) are left out: they change no finding and so not the digest.
pub(crate) struct LawFiles(BTreeMap<String, String>);

impl LawFiles {
    pub(crate) fn embedded() -> Result<Self, LawError> {
        let mut files = BTreeMap::new();
        collect_embedded(&EMBEDDED, &mut files)?;
        Ok(Self(files))
    }

    pub(crate) fn from_dir(root: &Path) -> Result<Self, LawError> {
        let mut files = BTreeMap::new();
        collect_dir(root, "", &mut files)?;
        Ok(Self(files))
    }

    /// The text of a file that must be there.
    pub(crate) fn text(&self, path: &str) -> Result<&str, LawError> {
        self.0
            .get(path)
            .map(String::as_str)
            .ok_or_else(|| LawError::Missing(path.to_owned()))
    }

    /// The names of the packs: every folder.
    pub(crate) fn packs(&self) -> Vec<&str> {
        let mut names: Vec<_> = self
            .0
            .keys()
            .filter_map(|path| path.split_once('/'))
            .map(|(pack, _)| pack)
            .filter(|pack| ![HOLIDAYS, INVARIANTS].contains(pack))
            .collect();
        names.dedup();
        names
    }

    /// The text of a file that need not be there.
    pub(crate) fn optional(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// Path and text of the calendars.
    pub(crate) fn calendars(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .filter(|(path, _)| {
                path.strip_prefix(HOLIDAYS)
                    .is_some_and(|rest| rest.starts_with('/'))
            })
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The translations of a pack: language, path and text.
    pub(crate) fn translations<'a>(
        &'a self,
        pack: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str, &'a str)> {
        self.0.iter().filter_map(move |(path, text)| {
            let name = path.strip_prefix(pack)?.strip_prefix('/')?;
            Some((name.strip_suffix(".ftl")?, path.as_str(), text.as_str()))
        })
    }

    /// Path and text of a pack's files of rules.
    pub(crate) fn rules<'a>(&'a self, pack: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0
            .iter()
            .filter(move |(path, _)| {
                path.strip_prefix(pack)
                    .is_some_and(|rest| rest.starts_with('/'))
                    && has_extension(path, "cedar")
            })
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// SHA-256 over every path and text, each preceded by its length in bytes (64 bits,
    /// big-endian), in the order of the paths. Translations and invariants change no finding and do not count.
    pub(crate) fn digest(&self) -> Sha256Digest {
        let mut bytes = b"lagrum-law/1\n".to_vec();
        let counted = self.0.iter().filter(|(path, _)| {
            !has_extension(path, "ftl") && path.split('/').next() != Some(INVARIANTS)
        });
        for part in counted.flat_map(|(path, text)| [path, text]) {
            bytes.extend((part.len() as u64).to_be_bytes());
            bytes.extend(part.as_bytes());
        }
        Sha256Digest::of(&bytes)
    }
}

fn collect_embedded(dir: &Dir<'_>, into: &mut BTreeMap<String, String>) -> Result<(), LawError> {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        if is_read(&path)? {
            let text = std::str::from_utf8(file.contents())
                .map_err(|_| LawError::NotText(path.clone()))?;
            into.insert(path, text.to_owned());
        }
    }
    dir.dirs().try_for_each(|dir| collect_embedded(dir, into))
}

fn collect_dir(
    root: &Path,
    below: &str,
    into: &mut BTreeMap<String, String>,
) -> Result<(), LawError> {
    let failed = |source| LawError::Read {
        path: format!("{}/{below}", root.display()),
        source,
    };
    let folder = root.join(below);
    // They decide what the gate lets through, as the roster does: what others can change is refused.
    lagrum_durable::check_settings_directory(&folder).map_err(|e| failed(e.source))?;
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() {
            name
        } else {
            format!("{below}/{name}")
        };
        let failed = |source| LawError::Read {
            path: path.clone(),
            source,
        };
        // `metadata` follows links, so that a pack may be a link to a folder kept elsewhere.
        if fs::metadata(entry.path()).map_err(failed)?.is_dir() {
            if !path.starts_with('.') {
                if path.contains('/') {
                    return Err(LawError::Unexpected(path));
                }
                collect_dir(root, &path, into)?;
            }
        } else if is_read(&path)? {
            match lagrum_durable::read_settings(&entry.path()) {
                Ok(text) => {
                    if let Some(why) = beyond(&text) {
                        return Err(failed(io::Error::new(io::ErrorKind::FileTooLarge, why)));
                    }
                    into.insert(path, text);
                }
                Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                    return Err(LawError::NotText(path));
                }
                Err(error) => return Err(failed(error.source)),
            }
        }
    }
    Ok(())
}

/// Whether a file decides findings. A file that looks as if it should and does not is refused:
/// a misnamed rule must not silently be no rule.
fn is_read(path: &str) -> Result<bool, LawError> {
    let unexpected = || Err(LawError::Unexpected(path.to_owned()));
    let (pack, name) = path.split_once('/').unwrap_or(("", path));
    if name.contains('/') {
        return unexpected();
    }
    if name.starts_with('.') || has_extension(name, "md") || TABLES.contains(&name) {
        return Ok(false);
    }
    let read = if pack.is_empty() {
        name == SCHEMA || name == FACTS
    } else if pack == INVARIANTS {
        has_extension(name, "cedar")
    } else if pack == HOLIDAYS {
        has_extension(name, "toml")
    } else {
        [PACK, FACTS, CLOCKS, NOTICE].contains(&name)
            || has_extension(name, "cedar")
            || has_extension(name, "ftl")
    };
    if read { Ok(true) } else { unexpected() }
}

/// What is too much in a text for whoever reads it. Brackets in comments and quotes count as well: of
/// those there are few.
fn beyond(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return Some(format!("longer than {LONGEST} bytes"));
    }
    let mut depth = 0_usize;
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Some(format!("more than {DEEPEST} brackets stand in each other"));
        }
    }
    None
}

fn has_extension(path: &str, extension: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|found| found == extension)
}
