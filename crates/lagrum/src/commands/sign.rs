//! `lagrum to-sign`, `lagrum sign`, `lagrum add-signature`, `lagrum approve`: what a person reads
//! before signing, and the signature.
//!
//! The desk never sees a key. `to-sign` writes a file that holds all that the page needs; `sign`
//! reads it on the person's own machine, without a desk, shows the page, and writes the signatures;
//! `add-signature` brings them to the desk, which verifies them. `approve` is the three in one, for
//! a person who works on the desk's host.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use lagrum_desk::Signed;
use lagrum_documents::{
    Phrases, RecipientKnown, SigningPage, Together, confirm_words, signing_error, signing_page,
};
use lagrum_law::Law;
use lagrum_mandate::SealedTo;
use lagrum_mandate::gate::{Refused, the_law_permits};
use lagrum_mandate::{Mandate, Recipients};
use lagrum_model::{AccountIdentifier, Case, CaseId, Category, Holding, Language, Sha256Digest};
use lagrum_notes::{NoteError, VerifyingKey, role};
use lagrum_web::to_sign::{File, LONGEST, Signatures, gather};
use serde::Deserialize;

use crate::commands::ask::{ask, open_key};
use crate::commands::inquire;
use crate::context::{Context, law_packs, load_trust, now, today};
use crate::output::{Failure, new_file};

/// Write what a person needs to sign the mandates of a case on another machine
#[derive(clap::Args)]
pub struct Export {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// Where the file is written
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// On your own machine: read what is to be signed, and sign it; needs no desk
#[derive(clap::Args)]
pub struct Sign {
    /// The file that `lagrum to-sign` or `lagrum inquire` wrote
    file: PathBuf,
    #[command(flatten)]
    with: With,
    /// Where the signatures are written; beside the file if left out
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Bring signatures that a person made elsewhere; they are verified against the roster
#[derive(clap::Args)]
pub struct Add {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// The file that `lagrum sign` wrote
    file: PathBuf,
}

/// Sign the mandates of a case with your own key; two people must, one of them counsel
#[derive(clap::Args)]
pub struct Approve {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    #[command(flatten)]
    with: With,
}

/// With which key, and how the person shows that the page was read.
#[derive(clap::Args)]
struct With {
    /// Your key file (`lagrum key new`)
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Read the passphrase from this file instead of asking for it
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// The account whose data leaves, or their number where there are several, instead of asking for
    /// it; once for each mandate, in their order
    #[arg(long, value_name = "ACCOUNT|NUMBER")]
    confirm: Vec<String>,
    /// The language of the page: en, sv or da
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: Language,
    /// Your own copy of the provider's trust file, with the recipients that you know; what lies with the
    /// desk is no list of your own
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
    /// Your own law packs; those that the program was built with if left out
    #[arg(long, value_name = "DIR")]
    law: Option<PathBuf>,
}

/// Shows the page of each mandate, asks the person to confirm it, and signs; but with none of the keys
/// in `elsewhere`, which belong on another machine.
fn sign_all(
    file: &File,
    with: &With,
    context: &Context,
    elsewhere: &[VerifyingKey<role::Person>],
) -> Result<Signatures, Failure> {
    let phrases = Phrases::of(with.lang);
    let facts = file.facts();
    let own = Own::of(with, context)?;
    let together = Together::of(&facts, file.texts());
    let mut confirmed = with.confirm.iter();
    for text in file.texts() {
        let mandate = Mandate::parse(text)?;
        own.permit(&mandate, &facts)?;
        let page = SigningPage {
            provider: file.provider(),
            case: file.case(),
            facts: &facts,
            text,
            together: Some(&together),
            earlier: file.earlier(),
            signers: file.signers(),
            zone: file.zone(),
            recipient: own.knows(&mandate),
        };
        let document = signing_page(&page, &phrases)
            .map_err(|why| Failure::NotGenuine(anyhow!(signing_error(&why, &phrases))))?;
        // Whoever reads the result as JSON is shown the page beside it: nothing is signed unseen.
        context.output.document_beside(&document)?;
        if mandate.expires_at <= now() {
            let at = Phrases::of(Language::English).instant(mandate.expires_at, file.zone());
            return Err(anyhow!("this mandate expired at {at}").into());
        }
        let asked = confirm_words(&mandate);
        let typed = match confirmed.next() {
            Some(given) => given.clone(),
            None => ask(&asked.question(&mandate, &phrases))?,
        };
        if !asked.accepts(&typed) {
            return Err(anyhow!(
                "that is not what this mandate names, so nothing was signed: {}",
                asked.question(&mandate, &phrases)
            )
            .into());
        }
    }
    let key = open_key(&with.key, with.passphrase_file.as_deref())?;
    if elsewhere.contains(&key.verifying_key()) {
        return Err(anyhow!(
                "by the roster, this key lies on its holder's own machine, and agents count on that; nothing was signed. Take it off this host. `lagrum to-sign {}` writes what is to be signed there",
                file.case()
            )
            .into());
    }
    let lines = file.texts().iter().map(|text| {
        let line = key.sign_line(text)?;
        Ok((Sha256Digest::of(text.as_bytes()), line))
    });
    let lines = lines.collect::<Result<_, NoteError>>()?;
    Ok(Signatures::new(file.case().clone(), lines))
}

/// What a person who signs knows and does not take from the desk.
struct Own {
    recipients: Option<Recipients>,
    law: Arc<Law>,
}

impl Own {
    fn of(with: &With, context: &Context) -> Result<Self, Failure> {
        // The desk's own file would say of a thief's key whatever the thief wrote into it.
        let trust = match &with.trust {
            Some(own) => load_trust(&context.place, Some(own))?,
            None => None,
        };
        let recipients = trust.map(|trust| trust.recipients()).transpose();
        Ok(Self {
            recipients: recipients.map_err(|why| anyhow!(why))?,
            law: law_packs(with.law.as_deref())?.in_force(today())?,
        })
    }

    fn knows(&self, mandate: &Mandate) -> RecipientKnown {
        let country = mandate.basis.authority.country;
        match &self.recipients {
            None => RecipientKnown::NotAsked,
            // Nobody gets it.
            Some(_) if mandate.recipient.kept().is_some() => RecipientKnown::NotAsked,
            Some(recipients) => {
                let since = match &mandate.recipient {
                    SealedTo::Key(one) => recipients.find(one, country).map(|one| one.since),
                    SealedTo::Passphrase(told) => {
                        let found = recipients.find_number(told, country);
                        found.map(|one| one.since)
                    }
                    SealedTo::Vault(_) => None,
                };
                since.map_or(RecipientKnown::New, RecipientKnown::Since)
            }
        }
    }

    /// Refuses what the person's own law packs do not permit, on the facts of the case.
    fn permit(&self, mandate: &Mandate, facts: &Case) -> Result<(), Failure> {
        // Of what is not in the case nothing is assumed; the page is refused for it besides.
        let holding = |identifier: &AccountIdentifier, category| {
            let mut parts = facts.assessment.iter().flat_map(|found| &found.parts);
            let found = parts.find_map(|part| {
                let holding = part.holding.as_ref()?;
                // Who used an address is held against the law of identification, too.
                let identifies = mandate.look_up.is_some() && category == Category::Identification;
                let it = part.named().as_ref() == Some(identifier)
                    && (part.category == category || identifies)
                    && holding.region == mandate.region;
                let category = if identifies {
                    category
                } else {
                    holding.category
                };
                it.then(|| Holding {
                    category,
                    ..holding.clone()
                })
            });
            found.ok_or_else(|| {
                let why = "the mandate names an account or a category that its case does not";
                Refused::Mandate(why.to_owned())
            })
        };
        the_law_permits(&self.law, mandate, &holding).map_err(|why| {
            Failure::NotGenuine(match why {
                Refused::Mandate(why) => anyhow!(why),
                why => anyhow!(
                    "your own law packs do not permit this mandate, so nothing was signed: {why}"
                ),
            })
        })
    }
}

fn add(signatures: &Signatures, id: &CaseId, context: &Context) -> Result<(), Failure> {
    if signatures.case() != id {
        return Err(anyhow!(
            "these signatures are for case {}, not for case {id}",
            signatures.case()
        )
        .into());
    }
    let lines = signatures.lines();
    let (_, done) = context.change(|session| Ok(session.add_signatures(id, &lines)?))?;
    context
        .output
        .show(&done, || said(&done.outcome, done.published))
}

fn said(signed: &Signed, published: bool) -> String {
    let Signed {
        case,
        signer,
        role,
        signed,
        released,
    } = signed;
    let what = match signed.len() {
        1 => "one mandate".to_owned(),
        n => format!("{n} mandates"),
    };
    let next = match (released, published) {
        (false, _) => "One more person has to sign.".to_owned(),
        (true, true) => {
            "Two people signed; everything is in the log and on its way to the agents.\nIts agent carries it out: a served one by itself, else on the data side: lagrum agent run"
                .to_owned()
        }
        (true, false) => "Two people signed; nothing goes out until the log has it.".to_owned(),
    };
    format!("Case {case}: {signer} ({role}) signed {what}. {next}")
}

fn read<T: for<'de> Deserialize<'de>>(file: &Path, what: &str) -> anyhow::Result<T> {
    let bytes = lagrum_durable::read(file, LONGEST)?;
    serde_json::from_slice(&bytes).with_context(|| format!("{}: not {what}", file.display()))
}

impl Export {
    /// Writes it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let id = &self.case;
        let file = context.at_desk(|session| Ok(gather(session, id)?))?;
        let bytes = serde_json::to_vec_pretty(&file)?;
        new_file(&self.out, &bytes, "--out")?;
        let out = self.out.display();
        let json =
            serde_json::json!({"case": id, "file": self.out, "mandates": file.texts().len()});
        context.output.show(&json, || {
            format!(
                "Case {id}: {out} holds what is to be signed. It tells of people: send it by a safe way.\nThere: lagrum sign {out} --key YOUR-KEY. With what that writes, here: lagrum add-signature {id} FILE"
            )
        })
    }
}

impl Sign {
    /// Signs.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let key = (&*self.with.key, self.with.passphrase_file.as_deref());
        if inquire::sign(context, &self.file, key, self.out.as_deref())?.is_some() {
            return Ok(());
        }
        let file: File = read(&self.file, "what `lagrum to-sign` wrote")?;
        let signatures = sign_all(&file, &self.with, context, &[])?;
        let out = self
            .out
            .unwrap_or_else(|| self.file.with_extension("signatures"));
        let bytes = serde_json::to_vec_pretty(&signatures)?;
        new_file(&out, &bytes, "--out")?;
        let json = serde_json::json!({"case": signatures.case(), "file": out});
        context.output.show(&json, || {
            format!(
                "Signed; {} holds the signatures.\nAt the desk: lagrum add-signature {} {}",
                out.display(),
                signatures.case(),
                out.display()
            )
        })
    }
}

impl Add {
    /// Brings them.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let signatures: Signatures = read(&self.file, "what `lagrum sign` wrote")?;
        add(&signatures, &self.case, context)
    }
}

impl Approve {
    /// Shows, signs and adds. The desk is not held while the person reads and types.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let id = &self.case;
        let (file, elsewhere) = context.at_desk(|session| {
            let people = session.desk().roster()?.people();
            let elsewhere = people.iter().filter(|person| person.own_machine);
            let elsewhere: Vec<_> = elsewhere.map(|person| person.key.clone()).collect();
            Ok((gather(session, id)?, elsewhere))
        })?;
        let signatures = sign_all(&file, &self.with, context, &elsewhere)?;
        add(&signatures, id, context)
    }
}
