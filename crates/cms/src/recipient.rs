//! How the holder of a certificate gets the key of a content (RFC 5652 section 6.2).

use aes_kw::KekAes256;
use cms::content_info::CmsVersion;
use cms::enveloped_data::{
    KeyAgreeRecipientIdentifier, KeyAgreeRecipientInfo, KeyTransRecipientInfo,
    OriginatorIdentifierOrKey, OriginatorPublicKey, RecipientEncryptedKey, RecipientIdentifier,
    RecipientInfo,
};
use der::asn1::{Any, BitString, ObjectIdentifier, OctetString};
use der::{Encode, Sequence};
use p256::elliptic_curve::ecdh::EphemeralSecret;
use p256::elliptic_curve::sec1::{FromEncodedPoint, ModulusSize, ToEncodedPoint};
use p256::elliptic_curve::{AffinePoint, CurveArithmetic, FieldBytesSize};
use rand_core::CryptoRngCore;
use rsa::pkcs1::RsaOaepParams;
use rsa::{Oaep, RsaPublicKey};
use sha2::{Digest, Sha256};
use x509_cert::spki::AlgorithmIdentifierOwned;
use zeroize::Zeroizing;

use crate::public_key::{EC, PublicKey};
use crate::{Certificate, SealError};

/// RFC 8017 appendix A.2.1.
const RSAES_OAEP: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.7");
/// An ephemeral key of the sender, and a key out of both with X9.63 and SHA-256 (RFC 5753 section 7.1.4).
const STD_DH_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.1.11.1");
/// RFC 3565 section 2.3.2.
const AES256_WRAP: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.1.45");

/// The key of a content.
pub(crate) type ContentKey = Zeroizing<[u8; 32]>;
/// As long as a key of 256 bits that is wrapped (RFC 3394 section 2.2.1).
const WRAPPED: usize = 40;

impl Certificate {
    /// The part of a message in which its holder finds the key of the content.
    pub(crate) fn told(
        &self,
        key: &ContentKey,
        random: &mut dyn CryptoRngCore,
    ) -> Result<RecipientInfo, SealError> {
        match &self.public {
            PublicKey::Rsa(public) => self.transported(public, key, random),
            PublicKey::P256(public) => self.agreed(public, key, random),
            PublicKey::P384(public) => self.agreed(public, key, random),
            PublicKey::P521(public) => self.agreed(public, key, random),
        }
    }

    /// Encrypted to a key of RSA, with OAEP and SHA-256 (RFC 3560, RFC 8017 section 7.1).
    fn transported(
        &self,
        public: &RsaPublicKey,
        key: &ContentKey,
        mut random: &mut dyn CryptoRngCore,
    ) -> Result<RecipientInfo, SealError> {
        let encrypted = public
            .encrypt(&mut random, Oaep::new::<Sha256>(), key.as_slice())
            .map_err(|error| SealError::Cms(error.to_string()))?;
        Ok(RecipientInfo::Ktri(KeyTransRecipientInfo {
            version: CmsVersion::V0,
            rid: RecipientIdentifier::IssuerAndSerialNumber(self.issued.clone()),
            key_enc_alg: AlgorithmIdentifierOwned {
                oid: RSAES_OAEP,
                parameters: Some(Any::encode_from(&RsaOaepParams::new::<Sha256>())?),
            },
            enc_key: OctetString::new(encrypted)?,
        }))
    }

    /// Wrapped with a key that follows from one of ours, made for this message alone, and theirs (RFC 5753 section 3.1).
    fn agreed<C>(
        &self,
        public: &p256::elliptic_curve::PublicKey<C>,
        key: &ContentKey,
        mut random: &mut dyn CryptoRngCore,
    ) -> Result<RecipientInfo, SealError>
    where
        C: CurveArithmetic,
        AffinePoint<C>: FromEncodedPoint<C> + ToEncodedPoint<C>,
        FieldBytesSize<C>: ModulusSize,
    {
        let ours = EphemeralSecret::<C>::random(&mut random);
        let shared = ours.diffie_hellman(public);
        let wrap = AlgorithmIdentifierOwned {
            oid: AES256_WRAP,
            parameters: None,
        };
        let wrapping = derived(shared.raw_secret_bytes(), wrap.clone())?;
        let mut wrapped = [0; WRAPPED];
        KekAes256::from(*wrapping)
            .wrap(key.as_slice(), &mut wrapped)
            .map_err(|error| SealError::Cms(error.to_string()))?;
        let ours = ours.public_key().to_encoded_point(false);
        Ok(RecipientInfo::Kari(KeyAgreeRecipientInfo {
            version: CmsVersion::V3,
            originator: OriginatorIdentifierOrKey::OriginatorKey(OriginatorPublicKey {
                algorithm: AlgorithmIdentifierOwned {
                    oid: EC,
                    parameters: None,
                },
                public_key: BitString::from_bytes(ours.as_bytes())?,
            }),
            ukm: None,
            key_enc_alg: AlgorithmIdentifierOwned {
                oid: STD_DH_SHA256,
                parameters: Some(Any::encode_from(&wrap)?),
            },
            recipient_enc_keys: vec![RecipientEncryptedKey {
                rid: KeyAgreeRecipientIdentifier::IssuerAndSerialNumber(self.issued.clone()),
                enc_key: OctetString::new(wrapped)?,
            }],
        }))
    }
}

/// For what a key is derived (RFC 5753 section 7.2).
#[derive(Sequence)]
struct SharedInfo {
    key_info: AlgorithmIdentifierOwned,
    /// The length of the key in bits.
    #[asn1(context_specific = "2", tag_mode = "EXPLICIT")]
    supplied: OctetString,
}

/// The key of 256 bits that follows from a shared secret (ANSI X9.63, SEC 1 section 3.6.1): it is one digest long.
fn derived(
    shared: &[u8],
    key_info: AlgorithmIdentifierOwned,
) -> Result<Zeroizing<[u8; 32]>, SealError> {
    let info = SharedInfo {
        key_info,
        supplied: OctetString::new(256_u32.to_be_bytes())?,
    };
    let mut digest = Sha256::new();
    digest.update(shared);
    digest.update(1_u32.to_be_bytes());
    digest.update(info.to_der()?);
    Ok(Zeroizing::new(digest.finalize().into()))
}
