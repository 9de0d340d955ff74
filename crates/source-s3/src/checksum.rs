//! What the storage says of the bytes of an object, compared with the bytes that came.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use md5::{Digest as _, Md5};
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// What a body is compared with, computed while it comes.
pub(crate) struct Checks(Vec<(Kind, Running)>);

/// One way to compute a checksum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Crc32,
    Crc32c,
    Crc64Nvme,
    Sha1,
    Sha256,
    /// The ETag of what was put in one piece.
    Etag,
}

enum Running {
    Crc(Crc, u64),
    Sha1(Sha1, Vec<u8>),
    Sha256(Sha256, Vec<u8>),
    Md5(Md5, Vec<u8>),
}

/// The headers, each with what stands there.
const HEADERS: [(&str, Kind); 5] = [
    ("x-amz-checksum-crc32", Kind::Crc32),
    ("x-amz-checksum-crc32c", Kind::Crc32c),
    ("x-amz-checksum-crc64nvme", Kind::Crc64Nvme),
    ("x-amz-checksum-sha1", Kind::Sha1),
    ("x-amz-checksum-sha256", Kind::Sha256),
];

/// What an answer says of itself.
pub(crate) type Header<'h> = &'h dyn Fn(&str) -> Option<String>;

impl Checks {
    /// What an answer can be compared with. `etag` is the object's, without its marks, where the storage's ETags are
    /// digests.
    ///
    /// # Errors
    /// What is said of a checksum that is none.
    pub(crate) fn of(header: Header<'_>, etag: Option<&str>) -> Result<Self, &'static str> {
        const NONE: &str = "a checksum that is none";
        let mut all = Vec::new();
        for (name, kind) in HEADERS {
            // A checksum of checksums, of an object that was put in pieces: it ends with their number.
            let whole = header("x-amz-checksum-type").as_deref() != Some("COMPOSITE");
            let Some(value) = header(name).filter(|value| whole && !value.contains('-')) else {
                continue;
            };
            let bytes = BASE64_STANDARD.decode(value.trim()).map_err(|_| NONE)?;
            all.push((kind, Running::begin(kind, bytes).ok_or(NONE)?));
        }
        // Under a key of the customer or of a service the ETag is no digest.
        let encrypted = header("x-amz-server-side-encryption-customer-algorithm").is_some()
            || header("x-amz-server-side-encryption").is_some_and(|kind| kind != "AES256");
        if let Some(digest) = etag.filter(|etag| etag.len() == 32 && !encrypted)
            && let Ok(bytes) = hex::decode(digest)
        {
            all.extend(Running::begin(Kind::Etag, bytes).map(|one| (Kind::Etag, one)));
        }
        Ok(Self(all))
    }

    /// The next bytes of the body.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        for (_, running) in &mut self.0 {
            match running {
                Running::Crc(crc, _) => crc.push(bytes),
                Running::Sha1(hasher, _) => hasher.update(bytes),
                Running::Sha256(hasher, _) => hasher.update(bytes),
                Running::Md5(hasher, _) => hasher.update(bytes),
            }
        }
    }

    /// Whether the body is the one that was announced.
    pub(crate) fn agree(self) -> bool {
        self.0.into_iter().all(|(_, running)| match running {
            Running::Crc(crc, said) => crc.value() == said,
            Running::Sha1(hasher, said) => hasher.finalize()[..] == said,
            Running::Sha256(hasher, said) => hasher.finalize()[..] == said,
            Running::Md5(hasher, said) => hasher.finalize()[..] == said,
        })
    }
}

impl Running {
    fn begin(kind: Kind, said: Vec<u8>) -> Option<Self> {
        let number = |crc: Crc, bytes: usize| {
            let all = said.iter().fold(0, |all, byte| all << 8 | u64::from(*byte));
            (said.len() == bytes).then_some(Self::Crc(crc, all))
        };
        match kind {
            Kind::Crc32 => number(Crc::new(0xedb8_8320, 32), 4),
            Kind::Crc32c => number(Crc::new(0x82f6_3b78, 32), 4),
            Kind::Crc64Nvme => number(Crc::new(0x9a6c_9329_ac4b_c9b5, 64), 8),
            Kind::Sha1 => (said.len() == 20).then(|| Self::Sha1(Sha1::default(), said)),
            Kind::Sha256 => (said.len() == 32).then(|| Self::Sha256(Sha256::default(), said)),
            Kind::Etag => (said.len() == 16).then(|| Self::Md5(Md5::default(), said)),
        }
    }
}

/// A cyclic redundancy check whose polynomial is written with its lowest power first, which begins with ones and ends
/// inverted.
struct Crc {
    table: Box<[u64; 256]>,
    state: u64,
    ones: u64,
}

impl Crc {
    fn new(polynomial: u64, bits: u32) -> Self {
        let mut table = Box::new([0; 256]);
        for (byte, entry) in (0_u64..).zip(table.iter_mut()) {
            *entry = (0..8).fold(byte, |rest, _| match rest & 1 {
                1 => rest >> 1 ^ polynomial,
                _ => rest >> 1,
            });
        }
        let ones = u64::MAX >> (64 - bits);
        Self {
            table,
            state: ones,
            ones,
        }
    }

    fn push(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let place = (self.state ^ u64::from(*byte)) & 0xff;
            self.state = self.state >> 8 ^ self.table[place as usize];
        }
    }

    fn value(&self) -> u64 {
        self.state ^ self.ones
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agrees(name: &'static str, value: &'static str, body: &[u8]) -> Result<bool, &'static str> {
        let header = move |asked: &str| (asked == name).then(|| value.to_owned());
        let mut checks = Checks::of(&header, None)?;
        assert_eq!(checks.0.len(), 1);
        for piece in body.chunks(4) {
            checks.push(piece);
        }
        Ok(checks.agree())
    }

    /// The values of `123456789` that the catalogues of these codes publish.
    #[test]
    fn each_checksum_is_the_published_one_and_of_no_other_body() {
        for (name, value) in [
            ("x-amz-checksum-crc32", "y/Q5Jg=="),
            ("x-amz-checksum-crc32c", "4waSgw=="),
            ("x-amz-checksum-crc64nvme", "rosUhgp5mIg="),
            ("x-amz-checksum-sha1", "98O8HYCOBHMq32eZZczDTKeuNEE="),
            (
                "x-amz-checksum-sha256",
                "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=",
            ),
        ] {
            assert_eq!(agrees(name, value, b"123456789"), Ok(true), "{name}");
            assert_eq!(agrees(name, value, b"123456780"), Ok(false), "{name}");
            assert!(agrees(name, "AAA=", b"123456789").is_err(), "{name}");
        }
    }

    #[test]
    fn an_etag_is_compared_where_it_is_a_digest_and_nowhere_else() {
        let of = |header: Header<'_>, etag: &str| {
            let mut checks = Checks::of(header, Some(etag)).unwrap();
            checks.push(b"123456789");
            (checks.0.len(), checks.agree())
        };
        let none = |_: &str| None;
        let etag = "25f9e794323b453885f5181f1b624d0b";
        assert_eq!(of(&none, etag), (1, true));
        assert_eq!(of(&none, "25f9e794323b453885f5181f1b624d0c"), (1, false));
        assert_eq!(of(&none, "25f9e794323b453885f5181f1b624d0c-2"), (0, true));
        let by_service =
            |name: &str| (name == "x-amz-server-side-encryption").then(|| "aws:kms".into());
        assert_eq!(
            of(&by_service, "25f9e794323b453885f5181f1b624d0c"),
            (0, true)
        );
    }
}
