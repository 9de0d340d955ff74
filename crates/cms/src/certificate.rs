use cms::cert::IssuerAndSerialNumber;
use der::asn1::ObjectIdentifier;
use der::oid::AssociatedOid;
use der::{Decode, Encode};
use jiff::{SignedDuration, Timestamp};
use lagrum_model::{RecipientKey, Sha256Digest};
use x509_cert::TbsCertificate;
use x509_cert::ext::pkix::{ExtendedKeyUsage, KeyUsage};
use x509_cert::time::Time;

use crate::CertificateError as Error;
use crate::given;
use crate::public_key::PublicKey;

/// The longest certificate that is pinned, in bytes. With the longest key and signature it has some five thousand.
const LONGEST: usize = 16 << 10;

const EMAIL_PROTECTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.4");
const ANY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37.0");

/// The extensions that may be critical. Which usages are permitted is looked at; the others (basicConstraints,
/// subjectAltName, nameConstraints, certificatePolicies, policyConstraints and inhibitAnyPolicy) are for whoever builds a
/// chain, and issuerAltName names somebody.
const UNDERSTOOD: [ObjectIdentifier; 9] = [
    KeyUsage::OID,
    ExtendedKeyUsage::OID,
    ObjectIdentifier::new_unwrap("2.5.29.17"),
    ObjectIdentifier::new_unwrap("2.5.29.18"),
    ObjectIdentifier::new_unwrap("2.5.29.19"),
    ObjectIdentifier::new_unwrap("2.5.29.30"),
    ObjectIdentifier::new_unwrap("2.5.29.32"),
    ObjectIdentifier::new_unwrap("2.5.29.36"),
    ObjectIdentifier::new_unwrap("2.5.29.54"),
];

/// A certificate that can be sealed to at the time for which it was read. That somebody vouches for it, and that nobody
/// revoked it, was not looked up.
#[derive(Clone, PartialEq, Eq)]
pub struct Certificate {
    bytes: Vec<u8>,
    key: RecipientKey,
    pub(crate) public: PublicKey,
    /// By what its holder's program finds it.
    pub(crate) issued: IssuerAndSerialNumber,
    expires_at: Option<Timestamp>,
}

impl Certificate {
    /// Reads what an authority gave, in PEM or DER: one certificate that can be sealed to at `now` (UTC), and nothing
    /// else.
    ///
    /// # Errors
    /// [`CertificateError`](Error): each says what is wrong, and what helps.
    pub fn read(given: &[u8], now: Timestamp) -> Result<Self, Error> {
        let bytes = given::der(given)?;
        if bytes.len() > LONGEST {
            return Err(Error::TooLong(LONGEST));
        }
        let read = x509_cert::Certificate::from_der(&bytes);
        let read = read.map_err(|_| Error::Unreadable("a field of it"))?;
        // What was read is what stands there: nothing is written otherwise than RFC 5280 section 4.1 has it.
        if read.to_der().ok().as_deref() != Some(&bytes) {
            return Err(Error::Unreadable("its DER"));
        }
        let certificate = read.tbs_certificate;
        let begins = instant(certificate.validity.not_before)
            .ok_or(Error::Unreadable("the field notBefore"))?;
        if begins > now {
            return Err(Error::NotYet(begins));
        }
        // Its last second is one of those in which it is good (RFC 5280 section 4.1.2.5). The last year that can be
        // written stands for no end.
        let ends = instant(certificate.validity.not_after);
        let ends = ends.and_then(|last| last.checked_add(SignedDuration::from_secs(1)).ok());
        if let Some(at) = ends.filter(|at| *at <= now) {
            return Err(Error::Expired(at));
        }
        let public = PublicKey::read(&certificate.subject_public_key_info)?;
        permits(&certificate, &public)?;
        Ok(Self {
            key: RecipientKey::of_x509(Sha256Digest::of(&bytes)),
            bytes,
            public,
            issued: IssuerAndSerialNumber {
                issuer: certificate.issuer,
                serial_number: certificate.serial_number,
            },
            expires_at: ends,
        })
    }

    /// Reads what is pinned under `key`, for sealing at `now` (UTC).
    ///
    /// # Errors
    /// [`CertificateError::Another`](Error::Another) when it is not exactly what the key names; else as
    /// [`Certificate::read`], where time has passed.
    pub fn pinned(bytes: &[u8], key: &RecipientKey, now: Timestamp) -> Result<Self, Error> {
        let read = Self::read(bytes, now)?;
        match read.bytes == bytes && read.key == *key {
            true => Ok(read),
            false => Err(Error::Another),
        }
    }

    /// Its name, as mandates and lists of recipients hold it.
    #[must_use]
    pub fn key(&self) -> &RecipientKey {
        &self.key
    }

    /// The certificate, in DER.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// From when on nothing is sealed to it any more (UTC). Nothing, where it does not say.
    #[must_use]
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.expires_at
    }
}

impl std::fmt::Debug for Certificate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Certificate({})", self.key)
    }
}

/// Whether the certificate lets its key be sealed to, by all that it says.
fn permits(certificate: &TbsCertificate, public: &PublicKey) -> Result<(), Error> {
    let extensions = certificate.extensions.as_deref().unwrap_or_default();
    for (at, one) in extensions.iter().enumerate() {
        if one.critical && !UNDERSTOOD.contains(&one.extn_id) {
            return Err(Error::Critical(one.extn_id.to_string()));
        }
        if extensions[..at]
            .iter()
            .any(|before| before.extn_id == one.extn_id)
        {
            return Err(Error::Unreadable("an extension that stands there twice"));
        }
    }
    let usage = certificate.get::<KeyUsage>();
    let usage = usage.map_err(|_| Error::Unreadable("the extension keyUsage"))?;
    if let Some((_, usage)) = usage {
        let (permitted, needed) = match public {
            PublicKey::Rsa(_) => (usage.key_encipherment(), "keyEncipherment"),
            _ => (usage.key_agreement(), "keyAgreement"),
        };
        if !permitted {
            let key = public.kind();
            return Err(Error::Usage { needed, key });
        }
    }
    let extended = certificate.get::<ExtendedKeyUsage>();
    let extended = extended.map_err(|_| Error::Unreadable("the extension extendedKeyUsage"))?;
    let for_it = |(_, usages): (bool, ExtendedKeyUsage)| {
        let mut usages = usages.0.iter();
        usages.any(|one| [EMAIL_PROTECTION, ANY_USAGE].contains(one))
    };
    match extended.is_none_or(for_it) {
        true => Ok(()),
        false => Err(Error::ExtendedUsage),
    }
}

fn instant(time: Time) -> Option<Timestamp> {
    let seconds = time.to_unix_duration().as_secs();
    Timestamp::from_second(i64::try_from(seconds).ok()?).ok()
}
