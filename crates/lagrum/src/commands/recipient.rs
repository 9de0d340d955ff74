//! `lagrum recipient`: how the key of an authority becomes known to the agents and to the public.
//!
//! An agent seals to nobody whom its own list does not name. A key gets into that list by the data
//! operator's hand, or by a text that two people of the roster signed, each after comparing the
//! fingerprint with the authority itself.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use lagrum_certificate::{Certificate, kind_of};
use lagrum_documents::fingerprint;
use lagrum_mandate::{
    KnownNumber, KnownRecipient, PinnedCertificate, TelephoneNumber, number_from_note,
    recipient_from_note,
};
use lagrum_model::{CertificateKind, CountryCode, RecipientKey};
use lagrum_notes::assemble;

use crate::commands::ask::{ask, open_key};
use crate::context::{Context, load_trust, now, today};
use crate::output::{Failure, new_file};

/// The longest file that is read: two signatures under a few lines.
const LONGEST: u64 = 64 << 10;
/// How many words of the fingerprint a person types.
const TYPED: usize = 3;

/// Make the key of an authority known: two people sign it, then agents seal to it
#[derive(clap::Subcommand)]
pub enum Recipient {
    /// Write the text that two people sign
    New(New),
    /// Compare the fingerprint with the authority, and sign; needs no desk
    Sign(Sign),
    /// Publish a recipient whom two people signed in the provider's trust file
    Publish(Publish),
}

/// Write the text that two people sign
#[derive(clap::Args)]
pub struct New {
    /// Who holds the key, as demands and mandates name it
    #[arg(long)]
    name: String,
    /// The country that the authority acts for
    #[arg(long, value_name = "COUNTRY", value_parser = CountryCode::parse)]
    country: CountryCode,
    /// The public key (age1…)
    #[arg(long, value_name = "KEY", value_parser = age_key, required_unless_present_any = ["telephone", "certificate"])]
    key: Option<RecipientKey>,
    /// In its place: a file with the authority's public OpenPGP key, as gpg --armor --export writes it, or with its
    /// S/MIME certificate (X.509), in PEM or DER
    #[arg(long, value_name = "FILE", conflicts_with = "key")]
    certificate: Option<PathBuf>,
    /// In its place, of an authority that has no key: the number on which a one-time passphrase may be told
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["key", "certificate"])]
    telephone: Option<TelephoneNumber>,
    /// Where the text is written
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Compare the fingerprint with the authority, and sign; needs no desk
#[derive(clap::Args)]
pub struct Sign {
    /// The file that `lagrum recipient new` wrote; the signature is added to it
    file: PathBuf,
    /// Your key file (`lagrum key new`)
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Read the passphrase from this file instead of asking for it
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// The first three words of the fingerprint as the authority read them to you, the whole fingerprint of a
    /// certificate, or the number as you found it, instead of asking for them
    #[arg(long, value_name = "WORDS")]
    confirm: Option<String>,
}

/// Publish a recipient whom two people signed in the provider's trust file
#[derive(clap::Args)]
pub struct Publish {
    /// The signed file
    file: PathBuf,
    /// The trust file; that of --dir if left out
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
}

impl Recipient {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::New(new) => new.run(context),
            Self::Sign(sign) => sign.run(context),
            Self::Publish(publish) => publish.run(context),
        }
    }
}

/// Reads a note that names a recipient.
pub fn read_note(file: &Path) -> anyhow::Result<Vec<u8>> {
    Ok(lagrum_durable::read(file, LONGEST)?)
}

impl New {
    fn run(self, context: &Context) -> Result<(), Failure> {
        let Self {
            name, country, out, ..
        } = self;
        let since = today();
        let key = match (self.key, &self.certificate) {
            (Some(key), _) => Some((key, None)),
            (None, Some(file)) => {
                let (key, certificate) = read_certificate(file)?;
                Some((key, Some(certificate)))
            }
            (None, None) => None,
        };
        let (text, json, said) = match (key, self.telephone) {
            (Some((key, certificate)), _) => {
                let known = KnownRecipient {
                    name,
                    country,
                    key,
                    certificate,
                    since,
                };
                let text = known.to_text();
                KnownRecipient::parse(&text).map_err(|why| anyhow!("{why}"))?;
                let words = fingerprint(&known.key);
                let said = format!("{} ({}), fingerprint {words}", known.name, known.country);
                let json = serde_json::json!({
                    "recipient": known, "fingerprint": words, "file": out
                });
                (text, json, said)
            }
            (None, Some(number)) => {
                let known = KnownNumber {
                    name,
                    country,
                    number,
                    since,
                };
                let text = known.to_text();
                KnownNumber::parse(&text).map_err(|why| anyhow!("{why}"))?;
                let said = format!(
                    "{} ({}), telephone {}",
                    known.name, known.country, known.number
                );
                let json = serde_json::json!({"telephone": known, "file": out});
                (text, json, said)
            }
            (None, None) => {
                return Err(anyhow!("name --key, --certificate or --telephone").into());
            }
        };
        new_file(&out, text.as_bytes(), "--out")?;
        context.output.show(&json, || {
            let out = out.display();
            format!(
                "{out}: {said}.\nTwo people sign it, one of them counsel: lagrum recipient sign {out} --key YOUR-KEY\nThen, on the host of each agent: lagrum agent pin {out}"
            )
        })
    }
}

impl Sign {
    fn run(self, context: &Context) -> Result<(), Failure> {
        let bytes = read_note(&self.file)?;
        let whole =
            String::from_utf8(bytes).map_err(|_| anyhow!("{}: not text", self.file.display()))?;
        let (text, lines) = match whole.rsplit_once("\n\n") {
            None => (whole.as_str(), ""),
            Some((text, lines)) => (&whole[..=text.len()], lines),
        };
        let wrong = |why: String| anyhow!("{}: {why}", self.file.display());
        if KnownNumber::is_begun(text) {
            let known = KnownNumber::parse(text).map_err(wrong)?;
            self.found(context, &known)?;
        } else {
            let known = KnownRecipient::parse(text).map_err(wrong)?;
            self.compared(context, &known)?;
        }
        let key = open_key(&self.key, self.passphrase_file.as_deref())?;
        let line = key.sign_line(text)?;
        let mut all: Vec<_> = lines.lines().collect();
        if !all.contains(&line.as_str()) {
            all.push(&line);
        }
        lagrum_durable::replace(&self.file, assemble(text, &all).as_bytes())?;
        let json = serde_json::json!({"file": self.file, "signatures": all.len()});
        context.output.show(&json, || {
            let file = self.file.display();
            format!(
                "Signed; {file} has {} of 2 signatures.\nWith two, on the host of each agent: lagrum agent pin {file}",
                all.len()
            )
        })
    }

    /// Refuses a person who did not find the number themselves: it is not shown, and has to be typed.
    fn found(&self, context: &Context, known: &KnownNumber) -> Result<(), Failure> {
        if !context.output.json {
            context.note(&format!(
                "You are about to make a telephone number known. What is told on it opens packages.\n\n  Authority  {}\n  Country    {}\n\nFind its number yourself, in a register that the demand did not name, and call it: whoever answers says for whom.",
                known.name, known.country
            ));
        }
        let typed = match &self.confirm {
            Some(typed) => typed.clone(),
            None => ask("The number that you found, with its country's code")?,
        };
        match TelephoneNumber::parse(typed.trim()) {
            Ok(typed) if typed.is_same(&known.number) => Ok(()),
            _ => Err(anyhow!(
                "this is not the number in the file, so nothing was signed: find out which of the two is the authority's"
            )
            .into()),
        }
    }

    /// Refuses a person who did not compare the fingerprint with the authority: it is not shown.
    fn compared(&self, context: &Context, known: &KnownRecipient) -> Result<(), Failure> {
        let words = fingerprint(&known.key);
        const WHOLE: &str = "The whole fingerprint that the authority read";
        let named = known.key.certificate();
        let (key, asked) = match named.map(|named| (named.kind, named.sha256)) {
            None => (
                known.key.to_string(),
                "The first three words that the authority read",
            ),
            // The name of the certificate begins with what the authority has to read, or is nothing else.
            Some((CertificateKind::OpenPgp, sha256)) => {
                (format!("OpenPGP certificate, SHA-256 {sha256}"), WHOLE)
            }
            Some((CertificateKind::X509, _)) => (
                "X.509 certificate; its fingerprint is its SHA-256. Who issued it, and whether it was revoked, nobody looked up".into(),
                WHOLE,
            ),
        };
        if !context.output.json {
            // The words are not shown: they have to come from the authority.
            context.note(&format!(
                "You are about to make a key known. What agents seal to it, only its holder can read.\n\n  Recipient  {}\n  Country    {}\n  Key        {}\n\nHave the authority read the fingerprint of its key to you, on a number that you found yourself.",
                known.name, known.country, key
            ));
        }
        let typed = match &self.confirm {
            Some(typed) => typed.clone(),
            None => ask(asked)?,
        };
        // Some digits at its beginning anybody can make a key for: the fingerprint of a certificate is compared whole.
        if let Some(named) = named {
            let between = |c: &char| !c.is_whitespace() && *c != ':';
            let typed: String = typed.chars().filter(between).collect();
            return match typed.eq_ignore_ascii_case(named.fingerprint) {
                true => Ok(()),
                false => Err(not_theirs()),
            };
        }
        let expected: Vec<_> = words.split_whitespace().take(TYPED).collect();
        let typed: Vec<_> = typed.split_whitespace().collect();
        let fits = typed.len() == expected.len()
            && typed
                .iter()
                .zip(&expected)
                .all(|(one, other)| one.eq_ignore_ascii_case(other));
        if !fits {
            return Err(not_theirs());
        }
        Ok(())
    }
}

fn not_theirs() -> Failure {
    anyhow!(
        "this is not the fingerprint of this key, so nothing was signed: the authority has another key, or it was misheard"
    )
    .into()
}

/// An age key. The name of a certificate is not enough: the certificate is asked for.
fn age_key(text: &str) -> Result<RecipientKey, String> {
    let key = RecipientKey::parse(text).map_err(|e| e.to_string())?;
    match key.certificate() {
        None => Ok(key),
        Some(_) => {
            Err("this is the name of a certificate; give the file with it as --certificate".into())
        }
    }
}

/// What would be sealed to now of a certificate, with its name.
fn read_certificate(file: &Path) -> anyhow::Result<(RecipientKey, PinnedCertificate)> {
    let given = lagrum_durable::read(file, LONGEST)?;
    let read = || -> anyhow::Result<_> {
        let kind = kind_of(&given).ok_or_else(|| {
            anyhow!(
                "this is no certificate: give a public OpenPGP key, as gpg --armor --export writes it, or an X.509 certificate, in PEM or DER"
            )
        })?;
        let certificate = Certificate::read(&given, kind, now())?;
        let pinned = PinnedCertificate::new(certificate.bytes()).map_err(|why| anyhow!(why))?;
        Ok((certificate.key().clone(), pinned))
    };
    read().with_context(|| file.display().to_string())
}

impl Publish {
    fn run(self, context: &Context) -> Result<(), Failure> {
        let Some(mut trust) = load_trust(&context.place, self.trust.as_deref())? else {
            return Err(anyhow!("there is no trust file; name it with --trust").into());
        };
        let roster = trust.roster().map_err(|why| anyhow!(why))?;
        let own_machine = roster.has_own_machine();
        let note = read_note(&self.file)?;
        let forged = |why| Failure::NotGenuine(anyhow!("{}: {why}", self.file.display()));
        let recipients = trust.recipients().map_err(|why| anyhow!(why))?;
        let (recipients, json, said) = if KnownNumber::is_begun(&String::from_utf8_lossy(&note)) {
            let known = number_from_note(&roster, own_machine, &note).map_err(forged)?;
            let json = serde_json::json!({"telephone": known});
            let said = format!("{} ({})", known.name, known.country);
            let since = format!(
                "{said}, {}, is published since {}",
                known.number, known.since
            );
            (recipients.with_number(known), json, since)
        } else {
            let known = recipient_from_note(&roster, own_machine, &note).map_err(forged)?;
            let json = serde_json::json!({"recipient": known});
            let said = format!("{} ({})", known.name, known.country);
            let since = format!("{said} is published since {}", known.since);
            (recipients.with(known), json, since)
        };
        let recipients = recipients.map_err(|why| anyhow!(why))?;
        trust.recipients = recipients.known().to_vec();
        trust.numbers = recipients.numbers().to_vec();
        let file = self.trust.unwrap_or_else(|| context.place.trust());
        lagrum_durable::replace(&file, trust.to_text().as_bytes())?;
        let mut json = json;
        json["trust"] = serde_json::json!(file);
        context
            .output
            .show(&json, || format!("{}: {said}.", file.display()))
    }
}

/// A recipient as the command line names it: `NAME=COUNTRY=KEY`, or a file with the key in its place.
pub fn named(text: &str) -> anyhow::Result<KnownRecipient> {
    let parts: Vec<_> = text.splitn(3, '=').collect();
    let [name, country, key] = parts[..] else {
        bail!(
            "--recipient {text}: write NAME=COUNTRY=KEY, for example \"Polismyndigheten=SE=police.key.pub\""
        );
    };
    let wrong = |why: String| anyhow!("--recipient {text}: {why}");
    let mut certificate = None;
    let key = if key.starts_with("age1") {
        key.to_owned()
    } else if holds_certificate(Path::new(key))? {
        let (key, pinned) =
            read_certificate(Path::new(key)).with_context(|| format!("--recipient {text}"))?;
        certificate = Some(pinned);
        key.to_string()
    } else {
        let bytes = lagrum_durable::read(Path::new(key), LONGEST)
            .with_context(|| format!("--recipient {text}"))?;
        String::from_utf8_lossy(&bytes).trim().to_owned()
    };
    Ok(KnownRecipient {
        name: name.to_owned(),
        country: CountryCode::parse(country).map_err(wrong)?,
        key: RecipientKey::parse(&key).map_err(|e| wrong(e.to_string()))?,
        certificate,
        since: today(),
    })
}

/// Whether a file begins as a certificate does, as text or not.
fn holds_certificate(file: &Path) -> anyhow::Result<bool> {
    let begin = lagrum_durable::read_at_most(file, 14)?;
    Ok(begin.is_some_and(|begin| kind_of(&begin).is_some()))
}
