//! The files of a log: those that the configuration names, those that its patterns match, and those
//! of the same rotation that it does not name.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::{CString, OsStr};
use std::fs::{self, File};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::beneath::{self, Closed};

/// The most names of a directory that are looked at. A log has its directory to itself, or shares it
/// with the other logs of a machine.
const NAMES_LIMIT: usize = 100_000;

/// The most files of one log.
const FILES_LIMIT: usize = 4096;

/// One of the configured paths.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// As the configuration writes it.
    shown: PathBuf,
    /// From where the program stands.
    path: PathBuf,
    /// Whether its last part is a pattern.
    pattern: bool,
}

impl Entry {
    /// Checks one path.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn new(shown: &Path, base: &Path) -> Result<Self, String> {
        let has_sign = |part: &OsStr| part.as_bytes().iter().any(|byte| b"*?".contains(byte));
        let name = shown
            .file_name()
            .ok_or_else(|| format!("`{}` names no file", shown.display()))?;
        if shown.parent().is_some_and(|to| has_sign(to.as_os_str())) {
            return Err(format!(
                "`{}`: `*` and `?` may stand in the name of the file only, not in the directories on the way",
                shown.display()
            ));
        }
        Ok(Self {
            path: base.join(shown),
            pattern: has_sign(name),
            shown: shown.to_owned(),
        })
    }

    fn directory(&self) -> &Path {
        match self.path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        }
    }

    fn name(&self) -> &OsStr {
        self.path.file_name().unwrap_or_default()
    }

    /// The path of a neighbour, as the configuration would write it.
    fn neighbour(&self, name: &OsStr) -> String {
        self.shown
            .with_file_name(name)
            .to_string_lossy()
            .into_owned()
    }
}

/// A file of the log, open.
pub(super) struct Opened {
    /// Its path, as the configuration writes it or would write it.
    pub(super) shown: String,
    /// Itself.
    pub(super) file: File,
    path: PathBuf,
}

/// Something beside the files of the log that a person should know of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Beside {
    /// Its path.
    pub(super) shown: String,
    /// What it is.
    pub(super) why: &'static str,
}

/// A file that is in the way, and what the system said.
pub(super) struct Fault(pub(super) String, pub(super) FaultKind);

/// What is wrong with it.
pub(super) enum FaultKind {
    /// The system's answer.
    Io(io::Error),
    /// The log moved meanwhile.
    Changed,
}

impl Opened {
    fn id(&self) -> io::Result<(u64, u64)> {
        let about = self.file.metadata()?;
        Ok((about.dev(), about.ino()))
    }
}

/// Opens all files before the first is read, so that a rotation in between loses nothing, and makes
/// sure that none happened meanwhile. They come in the order of the configuration, those of a pattern
/// oldest first as rotations number and date them. No file comes twice.
pub(super) fn open(entries: &[Entry]) -> Result<Vec<Opened>, Fault> {
    let mut opened: Vec<Opened> = Vec::new();
    let mut known = Vec::new();
    let io = |shown: &str, error| Fault(shown.to_owned(), FaultKind::Io(error));
    for entry in entries {
        let shown = entry.shown.to_string_lossy();
        for one in open_entry(entry).map_err(|error| io(&shown, error))? {
            let id = one.id().map_err(|error| io(&one.shown, error))?;
            if !known.contains(&id) {
                known.push(id);
                opened.push(one);
            }
        }
        if opened.len() > FILES_LIMIT {
            let why = "more than 4096 files; give each log a directory of its own";
            let error = io::Error::new(io::ErrorKind::InvalidData, why);
            return Err(io(&shown, error));
        }
    }
    for (one, then) in opened.iter().zip(&known) {
        let now = fs::metadata(&one.path).map_err(|error| io(&one.shown, error))?;
        if (now.dev(), now.ino()) != *then {
            return Err(Fault(one.shown.clone(), FaultKind::Changed));
        }
    }
    for entry in entries.iter().filter(|entry| entry.pattern) {
        let shown = entry.shown.to_string_lossy();
        let now = matches(entry).map_err(|error| io(&shown, error))?;
        let is_open = |name: &CString| {
            let path = entry.directory().join(OsStr::from_bytes(name.to_bytes()));
            opened.iter().any(|one| one.path == path)
                || fs::metadata(&path).is_ok_and(|at| known.contains(&(at.dev(), at.ino())))
        };
        if !now.iter().all(is_open) {
            return Err(Fault(shown.into_owned(), FaultKind::Changed));
        }
    }
    Ok(opened)
}

fn open_entry(entry: &Entry) -> io::Result<Vec<Opened>> {
    if !entry.pattern {
        let file = beneath::open_named_file(&entry.path).map_err(Closed::into_io)?;
        return Ok(vec![Opened {
            shown: entry.shown.to_string_lossy().into_owned(),
            file,
            path: entry.path.clone(),
        }]);
    }
    let names = matches(entry)?;
    if names.is_empty() {
        let why = "no file of that pattern is there";
        return Err(io::Error::new(io::ErrorKind::NotFound, why));
    }
    let directory = beneath::open_root(entry.directory())?;
    let open = |name: CString| {
        let file = beneath::open_file(&directory, &name).map_err(Closed::into_io)?;
        let name = OsStr::from_bytes(name.to_bytes());
        Ok(Opened {
            shown: entry.neighbour(name),
            file,
            path: entry.directory().join(name),
        })
    };
    names.into_iter().map(open).collect()
}

/// The plain files that a pattern matches, oldest first.
fn matches(entry: &Entry) -> io::Result<Vec<CString>> {
    let pattern = entry.name().as_bytes();
    let mut names: Vec<_> = list(entry.directory())?
        .into_iter()
        .filter(|(name, plain)| *plain && fits(pattern, name.to_bytes()))
        .map(|(name, _)| name)
        .collect();
    names.sort_by_cached_key(|name| age(name.to_bytes()));
    Ok(names)
}

/// What lies beside the files of the log and belongs to the same rotation, or is matched by a pattern
/// and is no plain file; and directories that do not let anybody find that out.
pub(super) fn beside(entries: &[Entry], opened: &[Opened]) -> Result<Vec<Beside>, Fault> {
    let known: Vec<_> = opened.iter().filter_map(|one| one.id().ok()).collect();
    let mut families: Vec<Vec<u8>> = Vec::new();
    for name in opened.iter().filter_map(|one| one.path.file_name()) {
        let family = family(name.as_bytes());
        if !families.contains(&family) {
            families.push(family);
        }
    }
    let mut directories: Vec<&Path> = Vec::new();
    let mut found = Vec::new();
    for entry in entries {
        if directories.contains(&entry.directory()) {
            continue;
        }
        directories.push(entry.directory());
        let names = match list(entry.directory()) {
            Ok(names) => names,
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                found.push(Beside {
                    shown: entry.neighbour(OsStr::new("")),
                    why: "the agent's user may not list this directory, so that nobody can say whether older files of the log lie there",
                });
                continue;
            }
            Err(error) => {
                let shown = entry.neighbour(OsStr::new(""));
                return Err(Fault(shown, FaultKind::Io(error)));
            }
        };
        found.extend(gaps(entry.directory(), opened, &names));
        for (name, plain) in names {
            let bytes = name.to_bytes();
            let matched = entries.iter().any(|one| {
                one.pattern
                    && one.directory() == entry.directory()
                    && fits(one.name().as_bytes(), bytes)
            });
            let path = entry.directory().join(OsStr::from_bytes(bytes));
            let why = if matched && !plain {
                "a pattern of the configuration matches it, but it is no plain file; links are not followed"
            } else if matched || !families.contains(&family(bytes)) {
                continue;
            } else {
                "it seems to belong to the same log, and the configuration does not name it: it was not searched"
            };
            let is_open = || {
                fs::metadata(&path).is_ok_and(|about| known.contains(&(about.dev(), about.ino())))
            };
            // A directory that is called like the log is another matter.
            if opened.iter().any(|one| one.path == path) || is_open() || path.is_dir() {
                continue;
            }
            found.push(Beside {
                shown: entry.neighbour(OsStr::from_bytes(bytes)),
                why,
            });
        }
    }
    Ok(found)
}

/// The files of rotations in `directory` behind which numbers are missing that `names` does not have.
fn gaps(directory: &Path, opened: &[Opened], names: &[(CString, bool)]) -> Vec<Beside> {
    let numbered = |name: &[u8]| match age(name) {
        (1, std::cmp::Reverse(number), ..) => Some((family(name), number)),
        _ => None,
    };
    let there: BTreeSet<_> = names
        .iter()
        .filter_map(|(name, _)| numbered(name.to_bytes()))
        .collect();
    let ours = opened
        .iter()
        .filter(|one| one.path.parent() == Some(directory));
    let ours: BTreeMap<_, _> = ours
        .filter_map(|one| Some((numbered(one.path.file_name()?.as_bytes())?, one)))
        .collect();
    let pairs = ours.iter().zip(ours.iter().skip(1));
    let gap = pairs.filter(|(((family, from), _), ((same, to), _))| {
        family == same && (from + 1..*to).any(|number| !there.contains(&(family.clone(), number)))
    });
    gap.map(|(_, (_, above))| Beside {
        shown: above.shown.clone(),
        why: "the rotation goes on behind this file with a lower number than the next: a file is missing between the two, and what stood in it was not searched",
    })
    .collect()
}

/// The names in a directory, sorted, each with whether it is a plain file.
fn list(directory: &Path) -> io::Result<Vec<(CString, bool)>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(directory)? {
        if names.len() == NAMES_LIMIT {
            let why = "holds more than 100 000 names; give the log a directory of its own";
            return Err(io::Error::new(io::ErrorKind::InvalidData, why));
        }
        let entry = entry?;
        let plain = entry.file_type()?.is_file();
        names.push((CString::new(entry.file_name().as_bytes())?, plain));
    }
    names.sort_unstable();
    Ok(names)
}

/// Whether `name` fits `pattern`: `*` stands for any bytes, `?` for one.
fn fits(pattern: &[u8], name: &[u8]) -> bool {
    // The usual two pointers, so that no pattern costs more than its length for each byte.
    let (mut at, mut of, mut star) = (0, 0, None);
    while at < name.len() {
        match pattern.get(of) {
            Some(b'*') => {
                star = Some((of, at));
                of += 1;
            }
            Some(sign) if *sign == b'?' || *sign == name[at] => {
                at += 1;
                of += 1;
            }
            _ => match star {
                Some((star_of, star_at)) => {
                    star = Some((star_of, star_at + 1));
                    of = star_of + 1;
                    at = star_at + 1;
                }
                None => return false,
            },
        }
    }
    pattern[of..].iter().all(|sign| *sign == b'*')
}

/// The pieces of a name between its signs.
fn pieces(name: &[u8]) -> impl Iterator<Item = &[u8]> {
    name.split(|byte| b".-_~".contains(byte))
}

/// Endings of packed files.
const PACKED: [&[u8]; 12] = [
    b"gz", b"zst", b"xz", b"bz2", b"lz4", b"zip", b"lzma", b"lzo", b"Z", b"br", b"7z", b"zstd",
];

fn is_stamp(piece: &[u8]) -> bool {
    // A number, or a date with a `T` and a `Z`.
    piece.first().is_some_and(u8::is_ascii_digit)
        && piece
            .iter()
            .all(|byte| byte.is_ascii_digit() || b"TZ:+".contains(byte))
}

/// What is left of a name when everything is taken off that a rotation adds: all files of one log
/// have it in common.
fn family(name: &[u8]) -> Vec<u8> {
    let left: Vec<_> = pieces(name)
        .filter(|piece| {
            !piece.is_empty()
                && !is_stamp(piece)
                && !PACKED.contains(piece)
                && !matches!(*piece, b"old" | b"bak" | b"orig" | b"prev" | b"rotated")
        })
        .collect();
    left.join(&b'.')
}

/// Sorts the files of a rotation, oldest first: what is dated by its date, then what is numbered from
/// the highest number down, and last what is neither.
fn age(name: &[u8]) -> (u8, std::cmp::Reverse<u64>, Vec<Vec<u8>>, Vec<u8>) {
    let stamps: Vec<_> = pieces(name)
        .filter(|piece| is_stamp(piece))
        .map(<[u8]>::to_vec)
        .collect();
    // Up to five digits alone are the number of a rotation.
    let number = match stamps.as_slice() {
        [one] if one.len() <= 5 => std::str::from_utf8(one).ok().and_then(|n| n.parse().ok()),
        _ => None,
    };
    match (number, stamps.is_empty()) {
        (Some(number), _) => (1, std::cmp::Reverse(number), Vec::new(), name.to_vec()),
        (None, false) => (0, std::cmp::Reverse(0), stamps, name.to_vec()),
        (None, true) => (2, std::cmp::Reverse(0), stamps, name.to_vec()),
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    #[test]
    fn the_files_of_one_rotation_are_one_family_however_it_names_them() {
        for (one, other) in [
            ("l.jsonl", "l.jsonl.2.gz"),
            ("l.jsonl", "l.jsonl-20260301"),
            ("l.jsonl", "l.jsonl-20260301T120000Z.zst"),
            ("access.log", "access-2026-03-01.log.xz"),
            ("access.log", "access.1.log"),
            ("access.log", "access.log.old"),
            ("2026-03-01.jsonl", "2026-03-02.jsonl"),
        ] {
            assert_eq!(family(one.as_bytes()), family(other.as_bytes()), "{other}");
        }
        for (one, other) in [
            ("access.log", "error.log.1"),
            ("access.log", "access2.log"),
            ("l.jsonl", "l.jsonl.offset"),
            ("l.jsonl", "l.json"),
        ] {
            assert_ne!(family(one.as_bytes()), family(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn a_pattern_gives_the_oldest_first() {
        let base = TempDir::new().expect("a directory");
        for name in ["a.log", "a.log.1", "a.log.10.gz", "a.log.2.gz", "b.log"] {
            fs::write(base.path().join(name), name).expect("a file");
        }
        let names = |pattern: &str| {
            let entry = Entry::new(Path::new(pattern), base.path()).expect("a pattern");
            let opened = open(&[entry]).unwrap_or_else(|_| panic!("opened"));
            opened.into_iter().map(|one| one.shown).collect::<Vec<_>>()
        };
        assert_eq!(
            names("a.log*"),
            ["a.log.10.gz", "a.log.2.gz", "a.log.1", "a.log"]
        );
        assert_eq!(names("?.log"), ["a.log", "b.log"]);
        for name in ["d-20260302.log", "d-20260301.log.gz", "d.log"] {
            fs::write(base.path().join(name), name).expect("a file");
        }
        assert_eq!(
            names("d*log*"),
            ["d-20260301.log.gz", "d-20260302.log", "d.log"]
        );
        let none = Entry::new(Path::new("x*"), base.path()).expect("a pattern");
        assert!(open(&[none]).is_err());
        assert!(Entry::new(Path::new("*/x"), base.path()).is_err());
    }

    #[test]
    fn what_lies_beside_is_named_and_no_link_is_followed() {
        let base = TempDir::new().expect("a directory");
        for name in ["l.jsonl", "l.jsonl.1", "l.jsonl.2.gz", "other.jsonl"] {
            fs::write(base.path().join(name), name).expect("a file");
        }
        std::os::unix::fs::symlink("/etc/passwd", base.path().join("l.jsonl.3")).expect("a link");
        std::os::unix::fs::symlink("l.jsonl", base.path().join("l.jsonl.4")).expect("a link");
        fs::create_dir(base.path().join("l.jsonl.5")).expect("a directory");
        let entries = |paths: &[&str]| -> Vec<_> {
            let entry = |path: &&str| Entry::new(Path::new(path), base.path()).expect("a path");
            paths.iter().map(entry).collect()
        };
        let named = |paths: &[&str]| {
            let entries = entries(paths);
            let opened = open(&entries).unwrap_or_else(|_| panic!("opened"));
            let found = beside(&entries, &opened).unwrap_or_else(|_| panic!("listed"));
            found.into_iter().map(|one| one.shown).collect::<Vec<_>>()
        };
        assert_eq!(
            named(&["l.jsonl.1", "l.jsonl"]),
            ["l.jsonl.2.gz", "l.jsonl.3"]
        );
        assert_eq!(named(&["l.jsonl*"]), ["l.jsonl.3"]);
        assert_eq!(named(&["other.jsonl"]), [""; 0]);
    }

    #[test]
    fn a_rotation_that_lacks_a_file_between_two_others_is_not_whole() {
        let base = TempDir::new().expect("a directory");
        let named = || {
            let entry = Entry::new(Path::new("l.jsonl*"), base.path()).expect("a pattern");
            let opened = open(std::slice::from_ref(&entry)).unwrap_or_else(|_| panic!("opened"));
            let found = beside(&[entry], &opened).unwrap_or_else(|_| panic!("listed"));
            found.into_iter().map(|one| one.shown).collect::<Vec<_>>()
        };
        for name in [
            "l.jsonl",
            "l.jsonl.1",
            "l.jsonl.3.gz",
            "l.jsonl.4",
            "l.jsonl-20260301",
        ] {
            fs::write(base.path().join(name), name).expect("a file");
        }
        assert_eq!(named(), ["l.jsonl.3.gz"]);
        fs::write(base.path().join("l.jsonl.2"), "").expect("a file");
        assert_eq!(named(), [""; 0]);
    }

    #[test]
    fn patterns_cost_no_more_than_their_length_for_each_byte() {
        assert!(fits(b"*a*a*a*b", b"xaaaab"));
        assert!(!fits(b"*a*a*a*b", &[b'a'; 4096]));
        assert!(fits(b"a?c", b"abc") && !fits(b"a?c", b"ac"));
        assert!(fits(b"*", b"") && !fits(b"?", b""));
    }
}
