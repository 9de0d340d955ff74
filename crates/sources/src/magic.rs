//! What a file is that is not what a connector reads, told by its first bytes.

/// How much of a file [`foreign`] wants to see.
pub(crate) const BEGINNING: usize = 512;

/// First bytes, and what begins with them. Sources: the format's own specification, as collected in
/// the database of `file(1)`.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\xfd7zXZ\0", "packed with xz"),
    (b"BZh", "packed with bzip2"),
    (b"\x1f\x8b", "packed with gzip"),
    (b"\x28\xb5\x2f\xfd", "packed with Zstandard"),
    (b"\x04\x22\x4d\x18", "packed with lz4"),
    (b"\x02\x21\x4c\x18", "packed with lz4"),
    (b"LZIP", "packed with lzip"),
    (b"\x89LZO\0", "packed with lzop"),
    (b"\x1f\x9d", "packed with compress"),
    (b"\x1f\xa0", "packed with compress"),
    (b"\x5d\0\0", "packed with lzma"),
    (b"\xff\x06\0\0sNaPpY", "packed with snappy"),
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "a zip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a rar archive"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"Obj\x01", "an Avro file"),
    (b"LPKSHHRH", "a journal of systemd"),
    (b"age-encryption.org/", "encrypted with age"),
    (b"-----BEGIN PGP MESSAGE", "encrypted with PGP"),
    (b"\xff\xfe\0\0", "text in UTF-32"),
    (b"\0\0\xfe\xff", "text in UTF-32"),
    (b"\xff\xfe", "text in UTF-16"),
    (b"\xfe\xff", "text in UTF-16"),
];

/// What a file with this beginning is, if that is certain and nothing that is read line by line.
pub(crate) fn foreign(beginning: &[u8]) -> Option<&'static str> {
    let known = MAGIC.iter().find(|(magic, _)| beginning.starts_with(magic));
    if let Some((_, what)) = known {
        return Some(what);
    }
    if beginning.get(257..262) == Some(b"ustar") {
        return Some("a tar archive");
    }
    let ascii = |byte: u8| matches!(byte, b'\t' | b'\r' | b'\n' | b' '..=b'~');
    match beginning {
        [a, 0, 0, 0, b, 0, 0, 0, ..] | [0, 0, 0, a, 0, 0, 0, b, ..] if ascii(*a) && ascii(*b) => {
            Some("text in UTF-32")
        }
        [a, 0, b, 0, c, 0, ..] | [0, a, 0, b, 0, c, ..] if [*a, *b, *c].into_iter().all(ascii) => {
            Some("text in UTF-16")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_text_is_left_to_its_reader() {
        for text in [
            "",
            "{",
            "{\"time\":1}\n",
            "\u{feff}{\"time\":1}\n",
            "192.0.2.0 - bjork [09/Mar/2026:12:00:00 +0000]",
            "From a@b.example Mon Mar  9 12:00:00 2026\n",
            "BZ",
            "\0\0\0\0\0\0\0\0{}",
        ] {
            assert_eq!(foreign(text.as_bytes()), None, "{text:?}");
        }
    }

    #[test]
    fn utf_16_is_known_with_and_without_its_mark() {
        for mark in [&[][..], &[0xfeff]] {
            let units: Vec<u16> = mark
                .iter()
                .copied()
                .chain("{\"time\": 1}".encode_utf16())
                .collect();
            for bytes in [
                units.iter().flat_map(|unit| unit.to_le_bytes()).collect(),
                units
                    .iter()
                    .flat_map(|unit| unit.to_be_bytes())
                    .collect::<Vec<u8>>(),
            ] {
                assert_eq!(foreign(&bytes), Some("text in UTF-16"), "{bytes:x?}");
            }
        }
    }
}
