//! Letters: which a case can have, which were sent, and that one was sent.

use lagrum_access::Action;
use lagrum_desk::{LetterEntry, LetterList, LetterProposed, LetterRead, Published, Sending, Sent};
use lagrum_model::{Channel, EmailAddress, Language, LetterKind};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::call::Call;
use crate::api::operation::{About, Needs, NoQuery, Operation, get, post};
use crate::api::problem::ApiProblem;
use crate::api::takes::{Json, Nothing};
use crate::letters::proposed;

pub(crate) struct All;

impl Operation for All {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = Json<LetterList>;
    const IS: About = get(
        "/cases/{case}/letters",
        "list-letters",
        "Which letters the case can have, why not the others, and which were sent",
        Needs::May(Action::ReadCase),
    );

    fn run(call: &Call<'_>, _: NoQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        let id = call.case_id()?;
        let list = call.ask(|session| {
            let case = session.case(&id)?.case;
            Ok(LetterList {
                case: id.clone(),
                letters: session.letters(&id)?,
                sent: case.letters.iter().map(LetterEntry::from).collect(),
            })
        })?;
        Ok(Json(list))
    }
}

pub(crate) struct Read;

impl Operation for Read {
    type Query = NoQuery;
    type Takes = Nothing;
    type Gives = Json<LetterRead>;
    const IS: About = get(
        "/cases/{case}/letters/sent/{number}",
        "read-letter",
        "A letter that was sent, by the number of its event, with its exact text",
        Needs::May(Action::ReadCase),
    );

    fn run(call: &Call<'_>, _: NoQuery, _: Nothing) -> Result<Self::Gives, ApiProblem> {
        let (id, number) = (call.case_id()?, call.number()?);
        let (sent, text) = call.ask(|session| session.letter(&id, number))?;
        Ok(Json(LetterRead {
            entry: LetterEntry::from(&sent),
            text,
        }))
    }
}

/// The account that a body names.
fn account(text: Option<&str>) -> Result<Option<EmailAddress>, ApiProblem> {
    let read = text.map(EmailAddress::parse).transpose();
    read.map_err(|why| ApiProblem::new("identifier-wrong").field("/account", why.to_string()))
}

/// In which language, and to whom.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProposeSaid {
    /// In which language; absent: that of the authority's country.
    #[serde(default)]
    language: Option<Language>,
    /// To the holder of which account, where it is a notice and there are several.
    #[serde(default)]
    #[schemars(with = "Option<EmailAddress>")]
    account: Option<String>,
}

pub(crate) struct Propose;

impl Operation for Propose {
    type Query = NoQuery;
    type Takes = Json<ProposeSaid>;
    type Gives = Json<LetterProposed>;
    const IS: About = post(
        "/cases/{case}/letters/proposed/{letter}",
        "propose-letter",
        "The text of a letter as it is proposed. Changes nothing",
        Needs::May(Action::ReadCase),
    )
    .changing_nothing();

    fn run(
        call: &Call<'_>,
        _: NoQuery,
        body: Json<ProposeSaid>,
    ) -> Result<Self::Gives, ApiProblem> {
        let (id, said) = (call.case_id()?, body.0);
        let kind = LetterKind::parse(call.param("letter")?);
        let kind = kind.map_err(|_| ApiProblem::new("not-there"))?;
        let said_account = account(said.account.as_deref())?;
        let (_, all_phrases) = call
            .web
            .desk()
            .map_err(|_| ApiProblem::new("unavailable"))?;
        let (language, made) = call.ask(|session| {
            let case = session.case(&id)?.case;
            let country = case.demand.as_ref().map(|demand| demand.authority.country);
            let language = said.language.or(country.map(Language::of_country));
            let language = language.unwrap_or_default();
            let only = case.accounts_to_tell();
            let account = match (&said_account, only.as_slice()) {
                (None, [one]) => Some(one),
                (given, _) => given.as_ref(),
            };
            let made = proposed(session, &id, kind, account, &all_phrases[&language])?;
            Ok((language, made.map(|letter| letter.to_letter())))
        })?;
        // Why the case cannot have it, the list of its letters says.
        let text = made.ok_or_else(|| ApiProblem::new("no-letter"))?;
        Ok(Json(LetterProposed {
            case: id,
            kind,
            language,
            text,
        }))
    }
}

/// A letter that was just sent.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SendSaid {
    /// Which kind.
    kind: LetterKind,
    /// In which language.
    language: Language,
    /// To whom, with the address.
    #[schemars(length(min = 1))]
    to: String,
    /// By which way.
    by: Channel,
    /// To the holder of which account, where it is a notice.
    #[serde(default)]
    #[schemars(with = "Option<EmailAddress>")]
    account: Option<String>,
    /// Whether it is itself the objection or the motion; said of a challenge alone.
    #[serde(default)]
    objects: bool,
    /// Its exact text.
    #[schemars(length(min = 1))]
    text: String,
}

pub(crate) struct Send;

impl Operation for Send {
    type Query = NoQuery;
    type Takes = Json<SendSaid>;
    type Gives = Json<Published<Sent>>;
    const IS: About = post(
        "/cases/{case}/letters",
        "send-letter",
        "Records that a letter was sent, and keeps its exact text with the case",
        Needs::May(Action::SendLetter),
    );

    fn run(call: &Call<'_>, _: NoQuery, body: Json<SendSaid>) -> Result<Self::Gives, ApiProblem> {
        let (id, said) = (call.case_id()?, body.0);
        let account = account(said.account.as_deref())?;
        call.change(|session| {
            let sending = Sending {
                kind: said.kind,
                language: said.language,
                to: &said.to,
                by: said.by,
                account: account.as_ref(),
                objects: said.objects,
                text: &said.text,
            };
            session.send_letter(&id, &sending)
        })
    }
}
