//! What is packed with gzip or Zstandard, whole, cut or changed, as a mailbox, as a log and as a
//! message: unpacked in bounded memory or refused.

use std::io::Write;

use super::{access_log, mbox, message};

/// Packs `bytes` in one of six ways; what is packed already stays as it is.
fn packed(bytes: &[u8]) -> Vec<u8> {
    if bytes.starts_with(b"\x1f\x8b") || bytes.starts_with(b"\x28\xb5\x2f\xfd") {
        return bytes.to_vec();
    }
    let Some((way, rest)) = bytes.split_first() else {
        return Vec::new();
    };
    let gzip = |bytes: &[u8]| {
        let mut packing = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packing.write_all(bytes).expect("memory");
        packing.finish().expect("memory")
    };
    let zstandard = |bytes: &[u8]| zstd::encode_all(bytes, 1).expect("memory");
    let (first, second) = rest.split_at(rest.len() / 2);
    match way % 6 {
        0 => gzip(rest),
        1 => zstandard(rest),
        2 => [gzip(first), gzip(second)].concat(),
        3 => [zstandard(first), zstandard(second), vec![0; 600]].concat(),
        4 => [gzip(first), second.to_vec()].concat(),
        _ => {
            let mut whole = zstandard(rest);
            whole.truncate(whole.len() * 2 / 3);
            whole
        }
    }
}

/// Reads one input.
pub(crate) fn read(bytes: &[u8]) {
    let packed = packed(bytes);
    mbox::read(&packed);
    access_log::read(&packed);
    message::read(&packed);
}
