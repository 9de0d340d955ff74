//! The packets of exactly one certificate (RFC 9580 section 10.1), from anybody.

use std::io::Read;

use pgp::armor::{Dearmor, DearmorOptions};
use pgp::packet::{Packet, PacketParser, PublicKey, PublicSubkey, Signature, UserId};
use pgp::ser::Serialize;
use pgp::types::Tag;

use crate::CertificateError as Error;

/// The longest that is read, in bytes.
pub(crate) const LONGEST: usize = 64 << 10;

/// The most packets that are looked at: each can be a signature, which takes time to check.
const MOST_PACKETS: usize = 200;

/// What a certificate is made of, in the order in which it came. Pictures and what others signed about them are left
/// out.
pub(crate) struct Parts {
    pub primary: PublicKey,
    /// Directly on the primary key.
    pub direct: Vec<Signature>,
    pub users: Vec<(UserId, Vec<Signature>)>,
    pub subkeys: Vec<(PublicSubkey, Vec<Signature>)>,
}

/// The binary form, out of what a file or a form holds.
fn binary(given: &[u8]) -> Result<Vec<u8>, Error> {
    if given.len() > LONGEST {
        return Err(Error::TooLong(LONGEST));
    }
    // Every packet begins with its highest bit set, and no text of ASCII does.
    if given.first().is_some_and(|first| first & 0x80 != 0) {
        return Ok(given.to_vec());
    }
    let text = std::str::from_utf8(given).map_err(|_| Error::NotACertificate)?;
    if text.contains("-----BEGIN PGP PRIVATE KEY") {
        return Err(Error::Secret);
    }
    match text.matches("-----BEGIN PGP").count() {
        0 => return Err(Error::NotACertificate),
        1 => {}
        _ => return Err(Error::Several),
    }
    let begin = text.find("-----BEGIN PGP PUBLIC KEY BLOCK-----");
    let text = &text[begin.ok_or(Error::NotACertificate)?..];
    let limit = DearmorOptions::new().set_limit(LONGEST);
    let mut bytes = Vec::new();
    Dearmor::with_options(text.as_bytes(), limit)
        .take(LONGEST as u64)
        .read_to_end(&mut bytes)
        .map_err(|_| Error::Unreadable)?;
    Ok(bytes)
}

/// To what the next signature belongs.
enum Of {
    Primary,
    User,
    Subkey,
    Nothing,
}

/// Reads exactly one certificate.
pub(crate) fn parts(given: &[u8]) -> Result<Parts, Error> {
    let bytes = binary(given)?;
    let mut found: Option<Parts> = None;
    let mut of = Of::Nothing;
    for (number, packet) in PacketParser::new(&bytes[..]).enumerate() {
        if number == MOST_PACKETS {
            return Err(Error::TooMuch(MOST_PACKETS));
        }
        let packet = packet.map_err(|_| Error::Unreadable)?;
        if matches!(packet, Packet::SecretKey(_) | Packet::SecretSubkey(_)) {
            return Err(Error::Secret);
        }
        let Some(parts) = &mut found else {
            match packet {
                Packet::PublicKey(primary) => {
                    found = Some(Parts {
                        primary,
                        direct: Vec::new(),
                        users: Vec::new(),
                        subkeys: Vec::new(),
                    });
                    of = Of::Primary;
                }
                Packet::Marker(_) => {}
                _ => return Err(Error::NotACertificate),
            }
            continue;
        };
        match packet {
            Packet::PublicKey(_) => return Err(Error::Several),
            Packet::UserId(user) => {
                parts.users.push((user, Vec::new()));
                of = Of::User;
            }
            Packet::PublicSubkey(subkey) => {
                parts.subkeys.push((subkey, Vec::new()));
                of = Of::Subkey;
            }
            Packet::UserAttribute(_) => of = Of::Nothing,
            Packet::Signature(signature) => match of {
                Of::Primary => parts.direct.push(signature),
                Of::User => parts
                    .users
                    .last_mut()
                    .into_iter()
                    .for_each(|one| one.1.push(signature.clone())),
                Of::Subkey => parts
                    .subkeys
                    .last_mut()
                    .into_iter()
                    .for_each(|one| one.1.push(signature.clone())),
                Of::Nothing => {}
            },
            Packet::Marker(_) | Packet::Trust(_) | Packet::Padding(_) => {}
            _ => return Err(Error::NotACertificate),
        }
    }
    found.ok_or(Error::NotACertificate)
}

/// Writes a packet in its one form: a header of the present format (RFC 9580 section 4.2), with the shortest length.
pub(crate) fn write(to: &mut Vec<u8>, tag: Tag, body: &impl Serialize) -> Result<(), Error> {
    let body = body.to_bytes().map_err(|_| Error::Unreadable)?;
    to.push(0xc0 | u8::from(tag));
    match body.len() {
        short @ ..192 => to.push(short as u8),
        middle @ 192..8384 => {
            let rest = middle - 192;
            to.extend([(rest >> 8) as u8 + 192, (rest & 0xff) as u8]);
        }
        long => {
            to.push(255);
            let long = u32::try_from(long).map_err(|_| Error::TooLong(LONGEST))?;
            to.extend(long.to_be_bytes());
        }
    }
    to.extend(body);
    Ok(())
}
