//! ML-DSA-44 (FIPS 204) as witnesses cosign with it (c2sp.org/tlog-cosignature, signature type 0x06): public keys, and what
//! is signed.

use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ml_dsa::signature::Verifier as _;
use ml_dsa::{EncodedVerifyingKey, MlDsa44, Signature};

/// Bytes of a public key.
pub(crate) const PUBLIC: usize = 1312;
/// The first bytes of a public key, from which its matrix is made; what follows is the key proper.
pub(crate) const MATRIX: usize = 32;
/// What is signed has one byte for the length of a name.
const LONGEST_NAME: usize = 255;

pub(crate) const LENGTH_RULE: &str =
    "must have a name of at most 255 bytes if it is an ML-DSA-44 key";

/// Whether a name fits into what is signed.
pub(crate) fn fits(name: &str) -> bool {
    name.len() <= LONGEST_NAME
}

/// A public key of ML-DSA-44. Cloned without its matrix, which takes 16 KiB.
#[derive(Clone)]
pub(crate) struct MlDsaPublic(Arc<ml_dsa::VerifyingKey<MlDsa44>>);

impl PartialEq for MlDsaPublic {
    fn eq(&self, other: &Self) -> bool {
        self.to_bytes() == other.to_bytes()
    }
}

impl Eq for MlDsaPublic {}

impl MlDsaPublic {
    /// None if it has another size, or if everybody could sign with it: under a key of zeroes what is verified does
    /// not depend on the challenge.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let encoded = EncodedVerifyingKey::<MlDsa44>::try_from(bytes).ok()?;
        let sound = encoded[MATRIX..].iter().any(|byte| *byte != 0);
        sound.then(|| Self::of(ml_dsa::VerifyingKey::decode(&encoded)))
    }

    pub(crate) fn of(key: ml_dsa::VerifyingKey<MlDsa44>) -> Self {
        Self(Arc::new(key))
    }

    pub(crate) fn to_bytes(&self) -> EncodedVerifyingKey<MlDsa44> {
        self.0.encode()
    }

    /// Pure ML-DSA with an empty context.
    pub(crate) fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::<MlDsa44>::try_from(signature)
            .is_ok_and(|signature| self.0.verify(message, &signature).is_ok())
    }
}

/// What a cosigner of this name signs of a checkpoint: `cosigned_message` of c2sp.org/tlog-cosignature, for the
/// whole tree. None if the name or the origin is too long, or `body` does not begin as a checkpoint does. Lines after
/// the third are not signed.
pub(crate) fn message(name: &str, time: u64, body: &[u8]) -> Option<Vec<u8>> {
    let mut lines = std::str::from_utf8(body).ok()?.split_inclusive('\n');
    let mut line = || lines.next()?.strip_suffix('\n');
    let (origin, size, root) = (line()?, line()?, line()?);
    let size: u64 = size.parse().ok().filter(|number: &u64| {
        // One tree has one text: no sign, no leading zeroes.
        number.to_string() == size
    })?;
    let hash: [u8; 32] = BASE64_STANDARD.decode(root).ok()?.try_into().ok()?;
    let mut message = b"subtree/v1\n\0".to_vec();
    opaque(&mut message, name)?;
    message.extend(time.to_be_bytes());
    opaque(&mut message, origin)?;
    // The first leaf of the tree, and the one after its last.
    message.extend(0_u64.to_be_bytes());
    message.extend(size.to_be_bytes());
    message.extend(hash);
    Some(message)
}

/// `opaque<1..2^8-1>` of RFC 8446 section 3.4.
fn opaque(message: &mut Vec<u8>, text: &str) -> Option<()> {
    let length = u8::try_from(text.len()).ok().filter(|length| *length > 0)?;
    message.push(length);
    message.extend(text.as_bytes());
    Some(())
}
