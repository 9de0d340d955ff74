//! `lagrum letter`

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use lagrum_desk::{LetterChoice, LetterEntry, LetterList, LetterProposed, LetterRead, Sending};
use lagrum_documents::{Document, letter_kind, no_letter, sanitize_for_terminal};
use lagrum_model::{CaseId, Channel, EmailAddress, Language, LetterKind};
use lagrum_web::letters::{pdf, proposed};

use crate::context::{Context, phrases, zone};
use crate::output::Failure;

/// Write a letter in a case, and record that it was sent
///
/// With the case alone: which letters it can have, why not the others, and which were sent. With a kind: its
/// text, as it is proposed; put it into a file, edit it, send it, and record it with --sent FILE.
#[derive(clap::Args)]
#[command(after_help = after_help())]
pub struct Letter {
    /// The case
    #[arg(value_parser = CaseId::parse)]
    case: CaseId,
    /// Which kind
    #[arg(value_parser = LetterKind::parse)]
    kind: Option<LetterKind>,
    /// The language: en, sv or da; without it, that of the authority's country
    #[arg(long, value_name = "LANG")]
    lang: Option<Language>,
    /// To the holder of which account, where it is a notice
    #[arg(long, value_name = "ADDRESS", value_parser = account)]
    account: Option<EmailAddress>,
    /// It was sent, with the text in this file (`-`: standard input)
    #[arg(long, value_name = "FILE", requires_all = ["kind", "to", "by"])]
    sent: Option<PathBuf>,
    /// Have the desk send it by itself, with the text in this file: --by email, or --by door
    #[arg(long, value_name = "FILE", requires_all = ["kind", "to", "by"], conflicts_with = "sent")]
    send: Option<PathBuf>,
    /// To whom it was sent, with the address
    #[arg(long, value_name = "WHOM")]
    to: Option<String>,
    /// By which way
    #[arg(long, value_name = "WAY", value_parser = way)]
    by: Option<Channel>,
    /// The challenge is itself the objection or motion: it went to whoever decides about it
    #[arg(long, requires = "sent")]
    objects: bool,
    /// Show the letter that was sent, by the number of its event
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["kind", "sent"])]
    show: Option<u64>,
    /// Take the text of this file in the place of the proposal, to make a PDF of it
    #[arg(long, value_name = "FILE", requires_all = ["kind", "pdf"], conflicts_with = "sent")]
    from: Option<PathBuf>,
    /// Write it to this new file as a tagged PDF
    #[arg(long, value_name = "FILE", conflicts_with = "sent")]
    pdf: Option<PathBuf>,
}

fn way(text: &str) -> Result<Channel, String> {
    match text == Channel::Door.as_str() {
        true => Ok(Channel::Door),
        false => Channel::parse(text),
    }
}

fn account(text: &str) -> Result<EmailAddress, String> {
    EmailAddress::parse(text).map_err(|e| e.to_string())
}

fn after_help() -> String {
    let kinds = LetterKind::ALL.map(LetterKind::as_str).join(", ");
    let ways = Channel::ALL.map(Channel::as_str).join(", ");
    format!("Kinds: {kinds}\nWays: {ways}")
}

impl Letter {
    /// Does what is asked.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        let given = self.sent.as_ref().or(self.send.as_ref());
        match (&self.show, given, self.kind) {
            (Some(number), _, _) => self.show(*number, context),
            (None, Some(file), Some(kind)) => self.record(file, kind, context),
            (None, _, Some(kind)) => self.propose(kind, context),
            (None, _, None) => self.list(context),
        }
    }

    fn show(&self, number: u64, context: &Context) -> Result<(), Failure> {
        context.at_desk(|session| {
            let (sent, text) = session.letter(&self.case, number)?;
            if let Some(file) = &self.pdf {
                return self.set(file, &text, sent.letter.language, sent.at, session, context);
            }
            let json = LetterRead {
                entry: LetterEntry::from(&sent),
                text: text.clone(),
            };
            context.output.show(&json, || text.clone())
        })
    }

    fn record(&self, file: &Path, kind: LetterKind, context: &Context) -> Result<(), Failure> {
        let text = match file.as_os_str() == "-" {
            true => {
                let mut text = String::new();
                std::io::stdin().lock().read_to_string(&mut text)?;
                text
            }
            false => {
                lagrum_durable::read_settings(file).with_context(|| file.display().to_string())?
            }
        };
        let (_, done) = context.change(|session| {
            let case = session.case(&self.case)?.case;
            let country = case.demand.as_ref().map(|demand| demand.authority.country);
            let language = self.lang.or(country.map(Language::of_country));
            let sending = Sending {
                kind,
                language: language.unwrap_or_default(),
                to: self.to.as_deref().unwrap_or_default(),
                by: self.by.unwrap_or(Channel::Other),
                account: self.account.as_ref(),
                text: &text,
                objects: self.objects,
            };
            Ok(match self.send.is_some() {
                true => session.let_send(&self.case, &sending)?,
                false => session.send_letter(&self.case, &sending)?,
            })
        })?;
        context.output.show(&done, || {
            let what = match self.send.is_some() {
                true => "waits to be sent",
                false => "recorded as sent",
            };
            format!(
                "Case {}: {what}, as event {}. SHA-256 of the text: {}",
                self.case, done.outcome.number, done.outcome.letter.sha256
            )
        })
    }

    /// Writes the PDF of a text.
    fn set(
        &self,
        file: &Path,
        text: &str,
        language: Language,
        at: jiff::Timestamp,
        session: &lagrum_desk::Session<'_>,
        context: &Context,
    ) -> Result<(), Failure> {
        let bytes = pdf(text, language, session.desk().provider(), at)
            .map_err(|why| anyhow!("case {}: {why}", self.case))?;
        std::fs::File::create_new(file)
            .and_then(|mut out| out.write_all(&bytes))
            .with_context(|| file.display().to_string())?;
        let json = serde_json::json!({"case": self.case, "file": file});
        context.output.show(&json, || {
            format!("{}: {} bytes", file.display(), bytes.len())
        })
    }

    fn propose(&self, kind: LetterKind, context: &Context) -> Result<(), Failure> {
        context.at_desk(|session| {
            let case = session.case(&self.case)?.case;
            let country = case.demand.as_ref().map(|demand| demand.authority.country);
            let language = self.lang.or(country.map(Language::of_country));
            let phrases = phrases(session.desk().law()?, language.unwrap_or_default())?;
            let only = case.accounts_to_tell();
            let account = match (&self.account, only.as_slice()) {
                (None, [one]) => Some(one),
                (given, _) => given.as_ref(),
            };
            let made = proposed(session, &self.case, kind, account, &phrases)?;
            let all = session.letters(&self.case)?;
            let zone = zone(session.desk());
            let choice = all.iter().find(|one| {
                one.kind == kind && (one.account.is_none() || one.account.as_ref() == account)
            });
            if let Some(why) = choice.and_then(|one| one.why_not.as_ref()) {
                context.note(&format!(
                    "this letter cannot be sent now: {}",
                    no_letter(why, &zone, &phrases)
                ));
            }
            let Some(made) = made else {
                return Err(match kind {
                    LetterKind::Notice if case.demand.is_some() => anyhow!(
                        "case {}: name the account with --account; it concerns {}",
                        self.case,
                        names(&only)
                    ),
                    _ => anyhow!("case {}: the demand is not described yet", self.case),
                }
                .into());
            };
            let text = match &self.from {
                Some(file) => lagrum_durable::read_settings(file)
                    .with_context(|| file.display().to_string())?,
                None => made.to_letter(),
            };
            if let Some(file) = &self.pdf {
                let at = session.now();
                return self.set(file, &text, phrases.language(), at, session, context);
            }
            let json = LetterProposed {
                case: self.case.clone(),
                kind,
                language: phrases.language(),
                text: text.clone(),
            };
            context.output.show(&json, || text.clone())
        })
    }

    fn list(&self, context: &Context) -> Result<(), Failure> {
        context.at_desk(|session| {
            let letters = session.letters(&self.case)?;
            let case = session.case(&self.case)?.case;
            let json = LetterList {
                case: self.case.clone(),
                letters: letters.clone(),
                sent: case.letters.iter().map(LetterEntry::from).collect(),
            };
            let language = self.lang.unwrap_or_default();
            let phrases = phrases(session.desk().law()?, language)?;
            let zone = zone(session.desk());
            context.output.page(&json, || {
                let mut page = Document::new(
                    language,
                    phrases.fill("letters-of-case", &[("case", &self.case.to_string())]),
                );
                let (can, cannot): (Vec<_>, Vec<_>) =
                    letters.iter().partition(|one| one.why_not.is_none());
                let named = |one: &LetterChoice| {
                    let kind = letter_kind(one.kind, &phrases);
                    match &one.account {
                        Some(account) => format!("{} – {kind}: {account}", one.kind),
                        None => format!("{} – {kind}", one.kind),
                    }
                };
                let bullet = |text: String| vec![lagrum_documents::Block::paragraph(text)];
                page.bullets(can.into_iter().map(|one| bullet(named(one))).collect());
                page.section(phrases.word("web-letters-not-now"));
                let why = |one: &LetterChoice| {
                    let why = one
                        .why_not
                        .as_ref()
                        .map(|why| no_letter(why, &zone, &phrases));
                    bullet(format!("{}: {}", named(one), why.unwrap_or_default()))
                };
                page.bullets(cannot.into_iter().map(why).collect());
                if !case.letters_waiting.is_empty() {
                    page.section(phrases.word("letters-waiting"));
                    let waiting = case.letters_waiting.iter().map(|one| {
                        let why = one.given_up.as_ref();
                        let why = why.map(|(_, why)| {
                            let why = phrases.fill("web-letters-given-up", &[("why", why)]);
                            format!(" – {why}")
                        });
                        bullet(format!(
                            "{}. {}: {}{}",
                            one.number,
                            letter_kind(one.letter.kind, &phrases),
                            sanitize_for_terminal(&one.letter.to),
                            why.unwrap_or_default()
                        ))
                    });
                    page.bullets(waiting.collect());
                }
                if !case.letters.is_empty() {
                    page.section(phrases.word("web-letters-sent"));
                    let sent = case.letters.iter().map(|one| {
                        bullet(format!(
                            "{}. {}, {}: {}; SHA-256 {}",
                            one.number,
                            letter_kind(one.letter.kind, &phrases),
                            phrases.instant(one.at, &zone),
                            sanitize_for_terminal(&one.letter.to),
                            one.letter.sha256
                        ))
                    });
                    page.bullets(sent.collect());
                }
                page
            })
        })
    }
}

fn names(all: &[EmailAddress]) -> String {
    match all {
        [] => "no account of a person here".to_owned(),
        all => all
            .iter()
            .map(EmailAddress::as_written)
            .collect::<Vec<_>>()
            .join(", "),
    }
}
