//! Answers of an LDAP directory: an error, or a whole answer of at most two entries.
use lagrum_ldap::testing::answered;

/// Reads one input.
pub(crate) fn read(bytes: &[u8]) {
    let mut rest = bytes;
    let Ok(told) = answered(&mut rest) else {
        return;
    };
    assert!(told.rows.len() <= 2);
    assert!(told.rows.iter().all(|row| row.len() == told.columns.len()));
    // Each part of it was needed: what breaks off is no answer.
    let read = bytes.len() - rest.len();
    assert!(answered(&mut &bytes[..read - 1]).is_err());
}

/// A value with its length, as `tag`.
fn value(tag: u8, contents: &[u8]) -> Vec<u8> {
    let length = u32::try_from(contents.len()).expect("a short value");
    [&[tag, 0x84], &length.to_be_bytes()[..], contents].concat()
}

/// A message with a number.
fn message(number: u8, tag: u8, contents: &[u8]) -> Vec<u8> {
    value(0x30, &[&[2, 1, number], &value(tag, contents)[..]].concat())
}

/// A result: success, or another code.
fn result(number: u8, tag: u8, code: u8) -> Vec<u8> {
    message(number, tag, &[0x0a, 1, code, 4, 0, 4, 0])
}

/// An entry, each attribute of which has its values one behind the other.
fn entry(attributes: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let each = attributes.iter().map(|(name, values)| {
        let attribute = [value(4, name.as_bytes()), value(0x31, values)];
        value(0x30, &attribute.concat())
    });
    let each: Vec<_> = each.flatten().collect();
    message(2, 0x64, &[value(4, b"cn=x"), value(0x30, &each)].concat())
}

/// What servers answer: nobody, one, two, a referral, a refusal.
pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let (bound, done) = (result(1, 0x61, 0), result(2, 0x65, 0));
    let one = entry(&[
        ("mail", value(4, b"a@b.example")),
        (
            "other",
            [value(4, b"c@b.example"), value(4, b"d@b.example")].concat(),
        ),
    ]);
    let elsewhere = message(2, 0x73, &value(4, b"ldap://b.example/"));
    let all = [
        [&bound[..], &done].concat(),
        [&bound[..], &one, &done].concat(),
        [&bound[..], &one, &one, &result(2, 0x65, 4)].concat(),
        [&bound[..], &elsewhere, &done].concat(),
        result(1, 0x61, 49),
    ];
    let told = answered(&mut &all[1][..]).map(|told| told.rows);
    assert!(
        told.is_ok_and(|rows| rows.len() == 1),
        "the seeds are answers"
    );
    all.to_vec()
}

/// An entry as long as a message may be: `count` values of `bytes` each, in one attribute or in as many.
#[must_use]
pub fn large(count: usize, bytes: usize, attributes: usize) -> Vec<u8> {
    let one = [
        &[4, u8::try_from(bytes).expect("a short one")],
        &vec![b'a'; bytes][..],
    ]
    .concat();
    let each = vec![("other", one.repeat(count)); attributes];
    [result(1, 0x61, 0), entry(&each), result(2, 0x65, 0)].concat()
}
