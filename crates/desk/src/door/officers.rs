//! Officers of authorities: who made them known, and how it was verified.

use jiff::Timestamp;
use lagrum_access::Action;
use lagrum_certificate::{Certificate, CertificateError};
use lagrum_mandate::PinnedCertificate;
use lagrum_model::{Actor, CertificateKind, CountryCode, RecipientKey, Refusal};
use serde::{Deserialize, Serialize};

use super::Door;
use crate::{CommandError, Desk, Session};

const OFFICER: &str = "officer";

/// Somebody who is to be made known at the door.
#[derive(Clone, Copy, Debug)]
pub struct NewOfficer<'o> {
    /// Full name.
    pub name: &'o str,
    /// The authority, by its name in the list of authorities.
    pub authority: &'o str,
    /// For which country it acts.
    pub country: CountryCode,
    /// The mail address, in one of the authority's domains.
    pub email: &'o str,
    /// Who confirmed it on the number that the list has, as they gave their name.
    pub answered_by: &'o str,
}

/// A key that an officer offers: nothing is sealed to it before two people pinned it where the data
/// lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfferedKey {
    /// The key.
    pub key: RecipientKey,
    /// The certificate that the key names, where it names one: what would be sealed to, and nothing else that was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<PinnedCertificate>,
    /// When it was offered (UTC).
    #[schemars(with = "lagrum_model::schema::Instant")]
    pub at: Timestamp,
    /// Whether it was made in the officer's browser.
    pub made_in_browser: bool,
}

/// What is kept of an officer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfficerRecord {
    /// Never changes, and says nothing.
    pub id: String,
    /// Full name.
    pub name: String,
    /// The authority, by its name in the list of authorities.
    pub authority: String,
    /// For which country it acts.
    pub country: CountryCode,
    /// The mail address.
    pub email: String,
    /// The number of the list that was called.
    pub number: String,
    /// Who confirmed it there.
    pub answered_by: String,
    /// Who made the officer known.
    pub admitted_by: Actor,
    /// When (UTC).
    #[schemars(with = "lagrum_model::schema::Instant")]
    pub admitted_at: Timestamp,
    /// Who ended it, and when (UTC).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<(Actor, lagrum_model::schema::Instant)>")]
    pub ended: Option<(Actor, Timestamp)>,
    /// The key that the officer offers for answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<OfferedKey>,
}

/// An officer of an authority whose identity was proved at the door. Never a principal of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Officer {
    record: OfficerRecord,
}

impl Officer {
    /// The officer's id at the door.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.record.id
    }

    /// Full name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.record.name
    }

    /// The authority's name.
    #[must_use]
    pub fn authority(&self) -> &str {
        &self.record.authority
    }

    /// For which country the authority acts.
    #[must_use]
    pub fn country(&self) -> CountryCode {
        self.record.country
    }

    /// The key that the officer offers for answers.
    #[must_use]
    pub fn key(&self) -> Option<&OfferedKey> {
        self.record.key.as_ref()
    }

    pub(crate) fn email(&self) -> &str {
        &self.record.email
    }

    pub(crate) fn sender(&self) -> String {
        format!("{} {}", self.record.country, self.record.authority)
    }

    /// The officer, for the record.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::Officer {
            id: self.record.id.clone(),
            name: self.record.name.clone(),
            authority: self.record.authority.clone(),
            country: self.record.country,
        }
    }
}

impl Desk {
    /// The officer of a session at the door, whose passkey or link was verified when it began. Looked up
    /// anew for each request at `now` (UTC), so that who was ended is nobody at once; so is who belongs
    /// to an authority that is not in the list any more.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn officer_signed_in(
        &self,
        id: &str,
        now: Timestamp,
    ) -> Result<Option<Officer>, CommandError> {
        let record = self.officer_record(id, now)?;
        let record = record.filter(|record| record.ended.is_none());
        let list = self.authorities()?;
        let listed =
            |record: &OfficerRecord| list.find(&record.authority, record.country).is_some();
        Ok(record.filter(listed).map(|record| Officer { record }))
    }

    fn officer_record(
        &self,
        id: &str,
        now: Timestamp,
    ) -> Result<Option<OfficerRecord>, CommandError> {
        let found = self.shelf().get(OFFICER, id.as_bytes(), now)?;
        Ok(found.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    fn put_officer(
        &self,
        record: &OfficerRecord,
        random: &mut dyn rand_core::CryptoRngCore,
    ) -> Result<(), CommandError> {
        let bytes = serde_json::to_vec(record)
            .map_err(|e| CommandError::Damaged(format!("an officer cannot be written: {e}")))?;
        let shelf = self.shelf();
        Ok(shelf.put(OFFICER, record.id.as_bytes(), &bytes, None, random)?)
    }
}

impl Session<'_> {
    /// Whether groups of the desk leave the authorities of a country to this person: whoever gives an officer a
    /// link could come in with it, and see what that authority sent.
    fn answers(&self, country: CountryCode) -> Result<bool, CommandError> {
        let group = self.desk.people()?.group_of_authorities(country);
        Ok(self.by.works_for(group.map(|group| group.id.as_str())))
    }

    /// One of the officers whom this person may invite and end.
    fn own_officer(&self, id: &str, now: Timestamp) -> Result<Option<OfficerRecord>, CommandError> {
        match self.desk.officer_record(id, now)? {
            Some(record) if self.answers(record.country)? => Ok(Some(record)),
            _ => Ok(None),
        }
    }

    /// Makes an officer known whom somebody confirmed on the number that the list of authorities has.
    ///
    /// # Errors
    /// When the person may not, the authority is not in the list, another group of the desk answers it, the address is in none of its domains,
    /// or a field is empty.
    pub fn admit_officer(
        &mut self,
        officer: &NewOfficer<'_>,
    ) -> Result<OfficerRecord, CommandError> {
        self.may(Action::AdmitOfficer)?;
        let invalid = CommandError::Invalid;
        for (field, text) in [
            ("name", officer.name),
            ("answered_by", officer.answered_by),
            ("email", officer.email),
        ] {
            if one_line(text).is_empty() {
                return Err(invalid(Refusal::Empty { field }));
            }
        }
        let known = self
            .desk
            .authorities()?
            .find(officer.authority, officer.country);
        let known = known.ok_or(invalid(Refusal::NoNumber))?;
        if !self.answers(known.country)? {
            let authority = known.name.clone();
            return Err(invalid(Refusal::AuthorityOfAnotherGroup { authority }));
        }
        if !known.has_domain_of(officer.email) {
            return Err(invalid(Refusal::NotOfAuthority {
                address: one_line(officer.email),
            }));
        }
        let mut id = [0; 12];
        self.random.fill_bytes(&mut id);
        let record = OfficerRecord {
            id: id.iter().map(|byte| format!("{byte:02x}")).collect(),
            name: one_line(officer.name),
            authority: known.name.clone(),
            country: known.country,
            email: one_line(officer.email),
            number: known.telephone.clone(),
            answered_by: one_line(officer.answered_by),
            admitted_by: self.by.actor(),
            admitted_at: self.time.now(),
            ended: None,
            key: None,
        };
        self.desk.put_officer(&record, self.random)?;
        Ok(record)
    }

    /// Ends an officer's access: at once, with every session. Says who it was; nobody if there is none.
    ///
    /// # Errors
    /// When the person may not, or the store cannot be written.
    pub fn end_officer(&mut self, id: &str) -> Result<Option<OfficerRecord>, CommandError> {
        self.may(Action::AdmitOfficer)?;
        let now = self.time.now();
        let Some(mut record) = self.own_officer(id, now)? else {
            return Ok(None);
        };
        if record.ended.is_none() {
            record.ended = Some((self.by.actor(), now));
            self.desk.put_officer(&record, self.random)?;
        }
        Ok(Some(record))
    }

    /// Whether a new link may be given to this officer, who still has access.
    ///
    /// # Errors
    /// When the person may not, or the store cannot be read.
    pub fn officer_to_invite(&self, id: &str) -> Result<Option<OfficerRecord>, CommandError> {
        self.may(Action::AdmitOfficer)?;
        let record = self.own_officer(id, self.time.now())?;
        Ok(record.filter(|record| record.ended.is_none()))
    }

    /// All officers of the authorities that this person answers, those who were ended too, by authority and name.
    ///
    /// # Errors
    /// When the person may not read the lists of the desk.
    pub fn officers(&self) -> Result<Vec<OfficerRecord>, CommandError> {
        self.may(Action::ReadList)?;
        let all = self.desk.shelf().all(OFFICER, self.time.now())?;
        let all = all.iter();
        let all = all.filter_map(|bytes| serde_json::from_slice::<OfficerRecord>(bytes).ok());
        let mut own = Vec::new();
        for one in all {
            if self.answers(one.country)? {
                own.push(one);
            }
        }
        own.sort_by(|one, other| {
            (&one.authority, one.country, &one.name).cmp(&(
                &other.authority,
                other.country,
                &other.name,
            ))
        });
        Ok(own)
    }
}

impl Door<'_> {
    /// Offers a key for answers. Nothing is sealed to it before people compared and pinned it.
    ///
    /// # Errors
    /// When the store cannot be written, or the officer was ended meanwhile.
    pub fn offer_key(
        &mut self,
        key: &RecipientKey,
        made_in_browser: bool,
    ) -> Result<(), CommandError> {
        self.offer(key, None, made_in_browser)
    }

    /// Offers a certificate of this kind for answers, as a program exports it, as text or not. What is kept is what
    /// would be sealed to now, and nothing else that was given.
    ///
    /// # Errors
    /// As [`Door::offer_key`]; and why nothing would be sealed to it, in which case nothing is kept.
    pub fn offer_certificate(
        &mut self,
        given: &[u8],
        kind: CertificateKind,
    ) -> Result<Result<(), CertificateError>, CommandError> {
        let certificate = match Certificate::read(given, kind, self.time.now()) {
            Ok(certificate) => certificate,
            Err(why) => return Ok(Err(why)),
        };
        let pinned = PinnedCertificate::new(certificate.bytes()).map_err(CommandError::Damaged)?;
        self.offer(certificate.key(), Some(pinned), false).map(Ok)
    }

    fn offer(
        &mut self,
        key: &RecipientKey,
        certificate: Option<PinnedCertificate>,
        made_in_browser: bool,
    ) -> Result<(), CommandError> {
        let now = self.time.now();
        let record = self.desk.officer_record(self.officer.id(), now)?;
        let Some(mut record) = record.filter(|record| record.ended.is_none()) else {
            return Ok(());
        };
        let same = record.key.as_ref().is_some_and(|had| had.key == *key);
        if same {
            return Ok(());
        }
        record.key = Some(OfferedKey {
            key: key.clone(),
            certificate,
            at: now,
            made_in_browser,
        });
        self.desk.put_officer(&record, self.random)?;
        self.officer = Officer { record };
        Ok(())
    }
}

fn one_line(text: &str) -> String {
    let clean: String = text.chars().filter(|c| !c.is_control()).take(200).collect();
    clean.trim().to_owned()
}
