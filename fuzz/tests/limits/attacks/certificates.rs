//! Certificates of X.509 that hold as many parts as fit.

use super::*;

/// A tag, a length, and what it is the length of (X.690 section 8.1).
fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len().to_be_bytes();
    let length = &length[length.iter().take_while(|byte| **byte == 0).count()..];
    let mut whole = vec![tag, 0x80 | length.len() as u8];
    if content.len() < 0x80 {
        whole[1] = content.len() as u8;
    } else {
        whole.extend(length);
    }
    whole.extend(content);
    whole
}

/// A set of names of one letter, none of which stands where it should.
fn names(count: u16) -> Vec<u8> {
    let one = |number: u16| {
        let [high, low] = number.to_be_bytes().map(|byte| byte & 0x7f);
        let kind = [0x06, 0x03, 0x55, high, low];
        tagged(0x30, &[&kind[..], &[0x0c, 0x00]].concat())
    };
    let all: Vec<_> = (0..count).rev().flat_map(one).collect();
    tagged(0x30, &tagged(0x31, &all))
}

/// The beginning of a certificate of version 3, up to its issuer, which is cut off where nothing is longer.
fn begun(issuer: &[u8]) -> Vec<u8> {
    let version = [0xa0, 0x03, 0x02, 0x01, 0x02];
    let number = [0x02, 0x01, 0x01];
    let ecdsa = tagged(0x30, b"\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x02");
    tagged(
        0x30,
        &tagged(0x30, &[&version[..], &number, &ecdsa, issuer].concat()),
    )
}

/// Sequences in each other, each with its right length.
fn nested(depth: usize) -> Vec<u8> {
    (0..depth).fold(Vec::new(), |inner, _| tagged(0x30, &inner))
}

pub(super) fn all() -> Vec<Attack> {
    const READER: &str = "certificate_x509";
    vec![
        attack(READER, "names", || begun(&names(1700))),
        attack(READER, "nested", || begun(&nested(4000))),
        attack(READER, "nested-alone", || nested(4000)),
        attack(READER, "ends-alone", || filled("0\u{80}\u{0}", 64 << 10)),
    ]
}
