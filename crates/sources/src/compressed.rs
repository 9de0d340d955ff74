//! Plain, gzip (RFC 1952), Zstandard (RFC 8878) and xz files, told apart by their first bytes; other
//! packings are told by their names.
//!
//! A compressed file that ends early is an error at the point where it ends: its decoders never
//! report the end of the data before the end of the format. Zeros behind the last member or frame
//! are padding (a tape, a block device) and passed over, and between two streams of xz as well where
//! their number is a multiple of four; anything else there is an error.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::os::unix::fs::FileExt;
use std::path::Path;

use flate2::bufread::GzDecoder;
use lzma_rust2::XzReader;

/// How much a packed file may ask of whoever unpacks it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// The largest window of a Zstandard frame, and dictionary of a block of xz, as a power of two.
    pub(crate) window: u32,
    /// The most members or frames: each takes some microseconds, and twenty bytes are one.
    pub(crate) members: u64,
}

/// Those of a file that a provider packed: a window of 64 MiB, and any number of members.
const OF_A_FILE: Limits = Limits {
    window: 26,
    members: u64::MAX,
};

/// How much of a compressed file is read at once.
const PIECE: usize = 64 << 10;

/// A file as it is read.
pub(crate) enum Opened {
    /// Stored as it is; can be read at any place.
    Plain(File),
    /// Can be read only from front to back.
    Compressed(Box<dyn Read + Send>),
}

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    /// RFC 1952.
    Gzip,
    /// RFC 8878.
    Zstandard,
    /// The .xz file format 1.2.
    Xz,
    /// One that is not read, or no text at all: what it is, and what to do.
    Other(&'static str),
}

/// The first bytes that tell.
const LEAST: usize = 16;

/// Other packings, each with its first bytes.
const OTHERS: &[(&[u8], &str)] = &[
    (
        b"BZh",
        "is packed with bzip2, which is not read; unpack it, or pack it with gzip or Zstandard",
    ),
    (
        b"\x04\x22\x4d\x18",
        "is packed with lz4, which is not read; unpack it, or pack it with gzip or Zstandard",
    ),
    (
        b"Dovecot-LZ4\x0d\x2a\x9b\xc5",
        "is compressed by Dovecot with lz4, which is not read; compress it with gzip or Zstandard (zlib_save)",
    ),
    (
        b"CRYPTED\x03\x07",
        "is encrypted by Dovecot (mail_crypt), so it cannot be read here; have Dovecot write it out (doveadm)",
    ),
    (
        b"PK\x03\x04",
        "is a zip archive, which is not read; unpack it",
    ),
    (
        b"PK\x05\x06",
        "is a zip archive, which is not read; unpack it",
    ),
    (
        b"7z\xbc\xaf\x27\x1c",
        "is a 7-Zip archive, which is not read; unpack it",
    ),
    (
        b"Rar!\x1a\x07",
        "is a RAR archive, which is not read; unpack it",
    ),
    (
        b"\x1f\x9d",
        "is packed with compress (.Z), which is not read; unpack it",
    ),
    (b"LZIP", "is packed with lzip, which is not read; unpack it"),
    (
        b"\x5d\x00\x00",
        "is packed with lzma, which is not read; unpack it",
    ),
    (
        b"\xff\xfe",
        "is text in UTF-16, which is not read; convert it to UTF-8",
    ),
    (
        b"\xfe\xff",
        "is text in UTF-16, which is not read; convert it to UTF-8",
    ),
    (
        b"F\0r\0o\0m\0",
        "is text in UTF-16, which is not read; convert it to UTF-8",
    ),
    (
        b"\0F\0r\0o\0m",
        "is text in UTF-16, which is not read; convert it to UTF-8",
    ),
    (
        b"{\0\"\0",
        "is text in UTF-16, which is not read; convert it to UTF-8",
    ),
    (
        b"!BDN",
        "is an Outlook data file (PST), which is not read; export it as mbox or .eml",
    ),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "is an Outlook message (.msg), which is not read; export it as .eml",
    ),
    (
        b"SQLite format 3\0",
        "is a database of SQLite, which is not read here",
    ),
];

/// How what begins with `bytes` is packed; `None` if it is not.
pub(crate) fn packing(bytes: &[u8]) -> Option<Packing> {
    match bytes {
        [0x1f, 0x8b, ..] => Some(Packing::Gzip),
        // A frame, or a skippable frame before the first one.
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => {
            Some(Packing::Zstandard)
        }
        [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Packing::Xz),
        _ => OTHERS
            .iter()
            .find(|(magic, _)| bytes.starts_with(magic))
            .map(|(_, what)| Packing::Other(what)),
    }
}

/// The packing of `file`, by its first bytes, and how many of them there are.
fn packing_of(file: &File) -> io::Result<(Option<Packing>, usize)> {
    let mut magic = [0; LEAST];
    let mut filled = 0;
    while filled < magic.len() {
        match file.read_at(&mut magic[filled..], filled as u64) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok((packing(&magic[..filled]), filled))
}

/// Looks at the first bytes of `file`. `name` is asked only whether a file too short to tell was
/// meant to be compressed.
pub(crate) fn open(file: File, name: &Path) -> io::Result<Opened> {
    match packing_of(&file)? {
        (Some(Packing::Other(what)), _) => Err(io::Error::new(
            io::ErrorKind::InvalidData,
            format!("the file {what}"),
        )),
        (Some(packing), _) => Ok(Opened::Compressed(unpack(file, packing, OF_A_FILE))),
        (None, length) if length < 4 && named_compressed(name) => Err(io::Error::new(
            io::ErrorKind::UnexpectedEof,
            "named as a compressed file, but it ends before its first frame; it was probably cut off",
        )),
        (None, _) => Ok(Opened::Plain(file)),
    }
}

/// What is packed in `input`, which begins here. An [other](Packing::Other) packing is given as it is.
pub(crate) fn unpack<R: Read + Send + 'static>(
    input: R,
    packing: Packing,
    limits: Limits,
) -> Box<dyn Read + Send> {
    let input = BufReader::with_capacity(PIECE, input);
    match packing {
        Packing::Gzip => Box::new(Members::<_, GzDecoder<_>>::of(input, limits)),
        Packing::Zstandard => Box::new(Members::<_, Frame<_>>::of(input, limits)),
        Packing::Xz => Box::new(Members::<_, XzReader<_>>::of(input, limits)),
        Packing::Other(_) => Box::new(input),
    }
}

fn named_compressed(name: &Path) -> bool {
    name.extension()
        .is_some_and(|extension| extension == "gz" || extension == "zst" || extension == "xz")
}

impl Read for Opened {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(file) => file.read(buffer),
            Self::Compressed(decoder) => decoder.read(buffer),
        }
    }
}

/// A Zstandard frame.
type Frame<R> = zstd::Decoder<'static, R>;

/// One member of a gzip file, or one frame of a Zstandard file.
trait Member<R>: Read + Sized {
    fn begin(input: R, limits: Limits) -> io::Result<Self>;
    /// Gives the input back, behind the member.
    fn end(self) -> R;
    /// Whether what begins with these bytes can be a member.
    fn begins(bytes: &[u8]) -> bool;
    /// Whether a member may follow on so many zeros.
    fn follows(zeros: u64) -> bool {
        zeros == 0
    }
}

impl<R: BufRead> Member<R> for GzDecoder<R> {
    fn begin(input: R, _: Limits) -> io::Result<Self> {
        Ok(Self::new(input))
    }
    fn end(self) -> R {
        self.into_inner()
    }
    fn begins(bytes: &[u8]) -> bool {
        bytes.starts_with(b"\x1f")
    }
}

impl<R: BufRead> Member<R> for Frame<R> {
    fn begin(input: R, limits: Limits) -> io::Result<Self> {
        let mut frame = Self::with_buffer(input)?.single_frame();
        frame.window_log_max(limits.window)?;
        Ok(frame)
    }
    fn end(self) -> R {
        self.finish()
    }
    fn begins(bytes: &[u8]) -> bool {
        matches!(bytes, [0x28 | 0x50..=0x5f, ..])
    }
}

/// What a decoder of xz takes beside its dictionary, in KiB.
const BESIDE_THE_DICTIONARY: u32 = 4 << 10;

impl<R: BufRead> Member<R> for XzReader<R> {
    fn begin(input: R, limits: Limits) -> io::Result<Self> {
        let most = (1 << limits.window.saturating_sub(10)) + BESIDE_THE_DICTIONARY;
        Ok(Self::new_mem_limit(input, false, most))
    }
    fn end(self) -> R {
        self.into_inner()
    }
    fn begins(bytes: &[u8]) -> bool {
        bytes.starts_with(b"\xfd")
    }
    /// Stream padding (the .xz file format 1.2, section 2.2).
    fn follows(zeros: u64) -> bool {
        zeros.is_multiple_of(4)
    }
}

/// All members, one after the other, as one stream.
struct Members<R, M> {
    state: State<R, M>,
    /// What is left of them.
    limits: Limits,
}

/// Where a stream of members stands.
enum State<R, M> {
    Between(R),
    Within(M),
    /// The end, or after an error.
    Done,
}

impl<R: BufRead, M: Member<R>> Members<R, M> {
    fn of(input: R, limits: Limits) -> Self {
        Self {
            state: State::Between(input),
            limits,
        }
    }

    /// The next member, or nothing at the end.
    fn next(mut input: R, limits: &mut Limits) -> io::Result<State<R, M>> {
        let mut zeros = 0;
        loop {
            let bytes = match input.fill_buf() {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if bytes.is_empty() {
                return Ok(State::Done);
            }
            let padding = bytes.iter().take_while(|byte| **byte == 0).count();
            if padding > 0 {
                zeros += padding as u64;
                input.consume(padding);
            } else if M::follows(zeros) && M::begins(bytes) {
                limits.members = limits.members.checked_sub(1).ok_or_else(|| {
                    let why = "it is packed in more pieces than anybody packs it in";
                    io::Error::new(io::ErrorKind::InvalidData, why)
                })?;
                return Ok(State::Within(M::begin(input, *limits)?));
            } else {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "something that is not compressed stands behind the compressed data; cut it off, or unpack the file",
                ));
            }
        }
    }
}

impl<R: BufRead, M: Member<R>> Read for Members<R, M> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Ok(0),
                State::Between(input) => self.state = Self::next(input, &mut self.limits)?,
                State::Within(mut member) => match member.read(buffer) {
                    Ok(0) => self.state = State::Between(member.end()),
                    Ok(count) => {
                        self.state = State::Within(member);
                        return Ok(count);
                    }
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                        self.state = State::Within(member);
                    }
                    // A decoder's: what it reads is damaged, not away.
                    Err(error) if error.raw_os_error().is_none() => {
                        return Err(io::Error::new(io::ErrorKind::InvalidData, error));
                    }
                    Err(error) => return Err(error),
                },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{gzip, zstandard};

    fn unpacked(bytes: &[u8]) -> io::Result<Vec<u8>> {
        let packing = packing(bytes).expect("packed");
        let mut all = Vec::new();
        unpack(io::Cursor::new(bytes.to_vec()), packing, OF_A_FILE).read_to_end(&mut all)?;
        Ok(all)
    }

    #[test]
    fn zeros_behind_the_last_member_are_padding() {
        for pack in [gzip, zstandard] {
            let two = [pack(b"one "), pack(b"two")].concat();
            assert_eq!(unpacked(&two).expect("whole"), b"one two");
            for zeros in [1, 511, 512, 200_000] {
                let padded = [&two[..], &vec![0; zeros]].concat();
                assert_eq!(unpacked(&padded).expect("padded"), b"one two", "{zeros}");
            }
            for behind in [&b"x"[..], b"\0\0x", b"From a\n"] {
                let error = unpacked(&[&two[..], behind].concat()).expect_err("something");
                assert!(error.to_string().contains("behind"), "{error}");
            }
            let later = [&two[..], &[0; 512], &pack(b"three")].concat();
            assert!(unpacked(&later).is_err(), "a hole is no padding");
            for cut in 4..two.len() {
                if unpacked(&two[..cut]).is_ok() {
                    assert_eq!(cut, pack(b"one ").len(), "cut off");
                }
            }
        }
    }

    /// What `printf 'one ' | xz` and `printf two | xz --check=sha256` give.
    const XZ: [&str; 2] = [
        "fd377a585a000004e6d6b4460200210116000000742fe5a30100036f6e6520005a8c83a33135ef7e00011c046f2c9cc11fb6f37d010000000004595a",
        "fd377a585a00000ae1fb0ca10200210116000000742fe5a301000274776f00003fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f300013303a181e44d189b4b9a01000000000a595a",
    ];

    #[test]
    fn streams_of_xz_may_have_zeros_between_them_in_multiples_of_four() {
        let [one, two] = XZ.map(|text| hex::decode(text).expect("hex"));
        for (between, behind) in [(0, 0), (0, 4), (4, 0), (8, 512), (200_000, 200_000)] {
            let file = [&one[..], &vec![0; between], &two, &vec![0; behind]].concat();
            assert_eq!(unpacked(&file).expect("whole"), b"one two", "{between}");
            for cut in one.len() + between + 1..one.len() + between + two.len() {
                assert!(unpacked(&file[..cut]).is_err(), "cut off at {cut}");
            }
        }
        for between in [1, 3, 6, 200_001] {
            let file = [&one[..], &vec![0; between], &two].concat();
            let error = unpacked(&file).expect_err("no multiple of four");
            assert!(error.to_string().contains("behind"), "{error}");
        }
        let behind = [&one[..], &[0; 4], b"From a\n"].concat();
        assert!(unpacked(&behind).is_err(), "something else");
    }

    #[test]
    fn a_frame_that_wants_too_much_memory_is_damaged_and_takes_none() {
        let mut encoder = zstd::Encoder::new(Vec::new(), 1).expect("an encoder");
        encoder.window_log(27).expect("a window");
        io::Write::write_all(&mut encoder, b"x").expect("memory");
        let packed = encoder.finish().expect("memory");
        let error = unpacked(&packed).expect_err("too much");
        assert_eq!(error.kind(), io::ErrorKind::InvalidData, "{error}");
    }

    #[test]
    fn no_more_members_are_begun_than_are_allowed() {
        for pack in [gzip, zstandard] {
            let five = pack(b"x").repeat(5);
            for (members, all) in [(5, true), (4, false)] {
                let limits = Limits {
                    members,
                    ..OF_A_FILE
                };
                let packing = packing(&five).expect("packed");
                let mut text = Vec::new();
                let read =
                    unpack(io::Cursor::new(five.clone()), packing, limits).read_to_end(&mut text);
                assert_eq!(read.is_ok(), all, "{read:?}");
            }
        }
    }

    #[test]
    fn other_packings_are_told_by_their_names() {
        for (bytes, name) in [
            (&b"BZh91AY&SY"[..], "bzip2"),
            (b"\x04\x22\x4d\x18\x64", "lz4"),
            (b"Dovecot-LZ4\x0d\x2a\x9b\xc5\0", "Dovecot with lz4"),
            (b"CRYPTED\x03\x07\x02", "encrypted"),
            (b"PK\x03\x04\x14", "zip"),
            (b"\xff\xfeF\0r\0o\0m\0", "UTF-16"),
            (b"F\0r\0o\0m\0 \0", "UTF-16"),
        ] {
            let Some(Packing::Other(what)) = packing(bytes) else {
                panic!("{name}");
            };
            assert!(what.contains(name), "{what}");
            let directory = tempfile::TempDir::new().expect("a directory");
            let path = directory.path().join("box");
            std::fs::write(&path, bytes).expect("written");
            let file = File::open(&path).expect("opened");
            let error = open(file, &path).err().expect("refused");
            assert!(error.to_string().contains(name), "{error}");
        }
        assert_eq!(packing(b"From a\n"), None);
        assert_eq!(packing(b"Bcc: x"), None);
    }
}
