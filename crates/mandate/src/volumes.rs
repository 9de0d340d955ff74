use lagrum_model::Sha256Digest;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Into how many files a package is cut, at most: one more than this.
const MOST: u64 = 256;

/// How a sealed package that is longer than one file is cut into files, its volumes: each can be fetched, checked and
/// fetched anew by itself. One after the other they are the package, to the byte.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Volumes {
    /// Length of each but the last, in bytes.
    pub length: u64,
    /// SHA-256 of each, in their order.
    pub sha256: Vec<Sha256Digest>,
}

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Volume {
    /// Its number, from 1.
    pub number: u64,
    /// Where in the package it begins, in bytes.
    pub from: u64,
    /// Its length in bytes.
    pub length: u64,
    /// SHA-256 of its bytes.
    pub sha256: Sha256Digest,
}

impl Volumes {
    /// How long the volumes of a package of about `package` bytes are, where `wanted` bytes are wished: longer where
    /// there would be too many.
    #[must_use]
    pub fn length_for(wanted: u64, package: u64) -> u64 {
        wanted.max(package.div_ceil(MOST))
    }

    /// Whether they can be those of a package of this many bytes: there is more than one, and each begins where the
    /// one before it ends.
    #[must_use]
    pub fn fit(&self, package: u64) -> bool {
        let many = u64::try_from(self.sha256.len()).unwrap_or(u64::MAX);
        self.length > 0 && many > 1 && many == package.div_ceil(self.length)
    }

    /// Each of them, of a package of this many bytes that they [`fit`](Self::fit).
    pub fn of(&self, package: u64) -> impl Iterator<Item = Volume> + '_ {
        (1..).zip(&self.sha256).map(move |(number, sha256)| {
            let from = (number - 1) * self.length;
            Volume {
                number,
                from,
                length: self.length.min(package.saturating_sub(from)),
                sha256: *sha256,
            }
        })
    }
}

impl Volume {
    /// The name of its file: that of the package, with three digits behind it. In the order of the names the files are
    /// in their own.
    #[must_use]
    pub fn name(package: &str, number: u64) -> String {
        format!("{package}.{number:03}")
    }

    /// The name of its package and its number, if this is the name of a volume.
    #[must_use]
    pub fn parse(name: &str) -> Option<(&str, u64)> {
        let (package, digits) = name.rsplit_once('.')?;
        let number = (digits.len() == 3 && digits.bytes().all(|one| one.is_ascii_digit()))
            .then(|| digits.parse().ok())??;
        (number > 0 && !package.is_empty()).then_some((package, number))
    }
}

/// The digests of a package and of its volumes, while it is written or read.
#[derive(Clone, Debug)]
pub struct Digests {
    longest: u64,
    length: u64,
    whole: Sha256,
    /// Of the volume that is not at its end. The first one's is that of the whole so far.
    part: Option<Sha256>,
    done: Vec<Sha256Digest>,
}

/// What [`Digests`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digested {
    /// SHA-256 of all of it.
    pub sha256: Sha256Digest,
    /// Length in bytes.
    pub length: u64,
    /// Its volumes, if it is longer than one.
    pub volumes: Option<Volumes>,
}

impl Digests {
    /// Of a package whose volumes are this many bytes long, which is not 0.
    #[must_use]
    pub fn new(longest: u64) -> Self {
        Self {
            longest: longest.max(1),
            length: 0,
            whole: Sha256::new(),
            part: None,
            done: Vec::new(),
        }
    }

    /// Of what is not cut.
    #[must_use]
    pub fn of_one() -> Self {
        Self::new(u64::MAX)
    }

    /// Takes the next bytes.
    pub fn update(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            // Only where there is more is a volume at its end: of a package that is one, no byte is digested twice.
            if self.length > 0 && self.length.is_multiple_of(self.longest) {
                self.end_volume();
                self.part = Some(Sha256::new());
            }
            let room = self.longest - self.length % self.longest;
            let room = usize::try_from(room).unwrap_or(usize::MAX);
            let (now, later) = bytes.split_at(room.min(bytes.len()));
            self.whole.update(now);
            if let Some(part) = &mut self.part {
                part.update(now);
            }
            self.length += now.len() as u64;
            bytes = later;
        }
    }

    fn end_volume(&mut self) {
        let ended = self.part.take().unwrap_or_else(|| self.whole.clone());
        self.done.push(Sha256Digest(ended.finalize().into()));
    }

    /// What it was.
    #[must_use]
    pub fn finish(mut self) -> Digested {
        if self.part.is_some() {
            self.end_volume();
        }
        Digested {
            sha256: Sha256Digest(self.whole.finalize().into()),
            length: self.length,
            volumes: (!self.done.is_empty()).then_some(Volumes {
                length: self.longest,
                sha256: self.done,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digested(bytes: &[u8], longest: u64, at_once: usize) -> Digested {
        let mut digests = Digests::new(longest);
        bytes
            .chunks(at_once)
            .for_each(|piece| digests.update(piece));
        digests.finish()
    }

    #[test]
    fn volumes_are_the_package_cut_whatever_is_written_at_once() {
        let bytes: Vec<u8> = (0..=255).cycle().take(1000).collect();
        for longest in [1, 7, 100, 333, 500, 999] {
            for at_once in [1, 64, 100, 1000] {
                let found = digested(&bytes, longest, at_once);
                let volumes = found.volumes.expect("more than one");
                assert!(volumes.fit(1000));
                assert_eq!(
                    (found.sha256, found.length),
                    (Sha256Digest::of(&bytes), 1000)
                );
                let length = usize::try_from(longest).unwrap();
                let cut: Vec<_> = bytes.chunks(length).map(Sha256Digest::of).collect();
                assert_eq!(volumes.sha256, cut, "{longest}, {at_once}");
                let mut next = 0;
                for (one, piece) in volumes.of(1000).zip(bytes.chunks(length)) {
                    assert_eq!((one.from, one.length), (next, piece.len() as u64));
                    next += one.length;
                }
                assert_eq!(next, 1000);
            }
        }
    }

    #[test]
    fn a_package_that_is_no_longer_than_one_volume_has_none() {
        for length in [0, 1, 99, 100] {
            assert_eq!(digested(&vec![1; length], 100, 7).volumes, None);
        }
        assert!(digested(&[1; 101], 100, 7).volumes.is_some());
    }

    #[test]
    fn volumes_of_another_length_do_not_fit() {
        let of = |length, many| Volumes {
            length,
            sha256: vec![Sha256Digest([1; 32]); many],
        };
        assert!(of(100, 2).fit(101) && of(100, 2).fit(200));
        for (volumes, package) in [
            (of(100, 2), 201),
            (of(100, 2), 100),
            (of(100, 1), 100),
            (of(100, 0), 0),
            (of(0, 2), 2),
        ] {
            assert!(!volumes.fit(package), "{volumes:?} {package}");
        }
    }

    #[test]
    fn however_long_a_package_is_its_receipt_stays_short() {
        assert_eq!(Volumes::length_for(2_000, 500), 2_000);
        let terabytes = 40_000_000_000_000;
        let length = Volumes::length_for(2_000_000_000, terabytes);
        assert!(terabytes.div_ceil(length) <= MOST);
    }

    #[test]
    fn the_name_of_a_volume_is_that_of_its_package_and_three_digits() {
        let name = Volume::name("2026-0004-1a2b3c4d.tar.age", 7);
        assert_eq!(name, "2026-0004-1a2b3c4d.tar.age.007");
        assert_eq!(
            Volume::parse(&name),
            Some(("2026-0004-1a2b3c4d.tar.age", 7))
        );
        for other in [
            "a.tar.age",
            "a.tar.age.7",
            "a.tar.age.000",
            "a.0007",
            ".007",
            "007",
            "a.+07",
        ] {
            assert_eq!(Volume::parse(other), None, "{other}");
        }
    }
}
