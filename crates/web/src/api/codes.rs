//! Every code that a problem can have: one list, for the interface for programs and for the pages.

use schemars::JsonSchema;
use serde::Serialize;

use crate::error::Problem;

/// One code of the list.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Code {
    /// The code.
    pub code: &'static str,
    /// The status of HTTP.
    pub status: u16,
    /// What it says, in one sentence that is always the same.
    pub title: &'static str,
}

const fn code(code: &'static str, status: u16, title: &'static str) -> Code {
    Code {
        code,
        status,
        title,
    }
}

/// What stands in for a code that the list does not have.
pub(crate) static FAILED: Code = code("failed", 500, "The desk could not do it");

/// Below this path each code has its own address, the `type` of its problems.
pub(crate) const TYPES: &str = "/api/v1/problems";

/// Every code: first those of the interface itself, then what the desk refuses, as the command line has it.
pub(crate) static CODES: &[Code] = &[
    code(
        "unauthorized",
        401,
        "The token is missing, or it does not work",
    ),
    code("scope-missing", 403, "The token is not for this"),
    code(
        "not-allowed",
        403,
        "The person to whom the token belongs may not do this",
    ),
    code("foreign", 403, "The request comes from another site's page"),
    code(
        "not-there",
        404,
        "There is nothing here, or it is not the person's to see",
    ),
    code(
        "method-not-allowed",
        405,
        "This address is not asked in this way",
    ),
    code("too-slow", 408, "The request took too long to arrive"),
    code("malformed", 400, "The request cannot be read"),
    code("query-wrong", 400, "A parameter of the address is wrong"),
    code(
        "body-wrong",
        400,
        "The body of the request is not as it must be",
    ),
    code(
        "media-type",
        415,
        "The body has another form than is read here",
    ),
    code(
        "idempotency-key-wrong",
        400,
        "The header Idempotency-Key is missing, or is not 1 to 128 letters, digits, full stops, hyphens and underscores",
    ),
    code(
        "idempotency-key-reused",
        422,
        "The Idempotency-Key was used for another request",
    ),
    code(
        "idempotency-key-busy",
        409,
        "The request with this Idempotency-Key is being worked on, or was cut off",
    ),
    code(
        "identifier-wrong",
        422,
        "It is not an identifier as its kind has it",
    ),
    code(
        "words-wrong",
        422,
        "There is nothing to search for, or too much",
    ),
    code(
        "other-case",
        422,
        "The signatures are of another case than the address names",
    ),
    code(
        "law-too-early",
        422,
        "The law packs were not read for that day",
    ),
    code(
        "moments-out-of-order",
        422,
        "What happened to the demand cannot have happened in that order",
    ),
    code(
        "arrival-in-the-future",
        422,
        "What arrived is said to have arrived in the future",
    ),
    code(
        "not-public-yet",
        409,
        "The event is recorded, and not yet in the public log",
    ),
    code(
        "changed-meanwhile",
        409,
        "Somebody else changed the same thing at the same time; nothing was recorded",
    ),
    code(
        "not-compared",
        503,
        "The case could not be held against the public log, and nothing is signed or handed over before it was",
    ),
    code(
        "failed",
        500,
        "The desk could not do it; whoever runs it finds out why",
    ),
    code("busy", 503, "There are too many requests just now"),
    code("unavailable", 503, "The desk cannot be used just now"),
    code(
        "nothing-received",
        409,
        "Nothing was taken in under this number",
    ),
    code("already-received", 409, "A case is received once"),
    code("closed", 409, "The case is closed"),
    code("not-described", 409, "The demand has no description yet"),
    code(
        "description-fixed",
        409,
        "A mandate was signed of this description, which stays",
    ),
    code(
        "already-decided",
        409,
        "The demand is decided; this comes before the decision",
    ),
    code("empty", 422, "A field must say something"),
    code(
        "too-much",
        422,
        "A number or a text is larger than one entry may hold",
    ),
    code(
        "unknown-currency",
        422,
        "ISO 4217 has no such currency that anybody pays with",
    ),
    code(
        "no-such-entry",
        404,
        "There is no such entry of time or cost in this case",
    ),
    code(
        "no-emergency-claimed",
        409,
        "The demand claims no emergency that could be judged",
    ),
    code(
        "no-secrecy",
        409,
        "The demand names no order of secrecy whose end could change",
    ),
    code("only-counsel", 403, "Only counsel may state this"),
    code(
        "only-officer",
        403,
        "Only an officer at the door for authorities does this",
    ),
    code(
        "out-of-order",
        422,
        "What is recorded cannot have happened in that order",
    ),
    code("in-the-future", 422, "What is recorded lies in the future"),
    code(
        "not-authenticated",
        409,
        "Nobody has said yet whether the demand is genuine",
    ),
    code(
        "nothing-pending",
        409,
        "Every part is answered, so there is nothing to assess again",
    ),
    code(
        "accounts-not-told",
        409,
        "Agents alone know which of the accounts there are, and they have not told yet",
    ),
    code(
        "nothing-to-inquire",
        409,
        "No agent is to be asked about an account of this case",
    ),
    code(
        "holdings-changed",
        409,
        "Other data is held now than when a part was answered",
    ),
    code("not-assessed", 409, "The law has not been applied yet"),
    code(
        "answers-fixed",
        409,
        "Every answer is released to the agents and stays",
    ),
    code(
        "part-fixed",
        409,
        "The answer for this part is released to an agent and stays",
    ),
    code("no-such-part", 422, "There is no such part"),
    code(
        "one-answer-each",
        422,
        "Each open part needs exactly one answer",
    ),
    code(
        "every-part-pending",
        409,
        "Every part is pending, so there is nothing to decide yet",
    ),
    code(
        "part-pending",
        409,
        "This part is pending, which is no answer",
    ),
    code("reason-missing", 422, "An answer needs a reason"),
    code(
        "laxer-than-law",
        422,
        "A person can answer more strictly than the law packs, never less",
    ),
    code(
        "not-verified",
        409,
        "Nothing is produced or preserved for a demand that is not verified",
    ),
    code(
        "call-back-missing",
        409,
        "The authority has not confirmed the demand on the number that the provider has of it",
    ),
    code(
        "second-person-missing",
        409,
        "In an emergency one person calls back and another says that the demand is genuine",
    ),
    code(
        "sender-warnings",
        409,
        "Something about the sender is not as the provider knows the authority",
    ),
    code(
        "no-number",
        409,
        "The provider's list has no number of this authority",
    ),
    code(
        "not-from-the-door",
        409,
        "The case did not come through the door for authorities",
    ),
    code(
        "came-through-door",
        409,
        "An officer sent it at the door, and finds the answer there alone",
    ),
    code(
        "not-of-authority",
        422,
        "The address is in none of the authority's domains",
    ),
    code(
        "called-in-the-future",
        422,
        "The call is said to have been made in the future",
    ),
    code(
        "duties-run",
        409,
        "Something still runs that outlives the case",
    ),
    code("linked-to-itself", 422, "A case is not linked to itself"),
    code(
        "no-such-mandate",
        422,
        "No such mandate was drafted in this case",
    ),
    code(
        "other-text",
        422,
        "The digest is not that of the mandate's text",
    ),
    code(
        "not-carried-out",
        409,
        "A mandate covers only parts that were decided to be carried out",
    ),
    code(
        "no-card",
        409,
        "No file of count cards of the next thirty days has a place for the case",
    ),
    code(
        "log-ahead",
        409,
        "The public log has more than the database knows of: an older copy was restored, and what is lost has to be stated first",
    ),
    code(
        "log-away",
        409,
        "The public log has less than the database knows of, or cannot be read: it has to be put in its place first",
    ),
    code("already-signed", 409, "This person signed it already"),
    code(
        "already-released",
        409,
        "It bears two signatures and is released",
    ),
    code(
        "signature-missing",
        409,
        "It needs the signatures of two people",
    ),
    code(
        "counsel-missing",
        409,
        "One of the two signatures must be counsel's",
    ),
    code("not-released", 409, "The mandate was never released"),
    code(
        "other-package",
        409,
        "Another package was recorded for this mandate",
    ),
    code("carried-out", 409, "The mandate was carried out"),
    code(
        "mandate-expired",
        409,
        "The mandate ran out before two people signed it",
    ),
    code(
        "may-be-carried-out",
        409,
        "A recalled mandate may still be carried out: its agent has not answered",
    ),
    code(
        "law-changed",
        409,
        "What the law says of a part is no longer what was decided about it",
    ),
    code(
        "decided-otherwise",
        409,
        "The package's parts were decided otherwise since",
    ),
    code(
        "no-such-package",
        404,
        "There is no such package in this case",
    ),
    code(
        "no-passphrase-to-tell",
        409,
        "No package of this case was sealed with a passphrase that this person tells",
    ),
    code(
        "notified-authority-refused",
        409,
        "The notified authority refused",
    ),
    code("stopped", 409, "What became of the demand stops it"),
    code(
        "not-answered",
        409,
        "A demand is answered, part by part, before it is closed",
    ),
    code("parts-pending", 409, "Parts are pending"),
    code("not-delivered", 409, "A package has not been handed over"),
    code(
        "with-agent",
        409,
        "An agent has a mandate and has not answered",
    ),
    code("not-signed", 409, "A mandate bears too few signatures"),
    code("too-large", 413, "It is larger than what is taken"),
    code(
        "unreadable",
        422,
        "It cannot be read as the description of a demand",
    ),
    code("no-ruling", 409, "Only of a ruling it is said how it went"),
    code(
        "ground-missing",
        409,
        "A part of a certificate of Regulation (EU) 2023/1543 is refused without a ground of Annex III",
    ),
    code(
        "ground-not-asked",
        409,
        "A ground of Annex III is named, and no part of a certificate is refused",
    ),
    code(
        "no-recipient-key",
        409,
        "No key is known to which the answer is sealed",
    ),
    code(
        "recipient-key-differs",
        409,
        "The demand names another key than the authority gave through a checked channel",
    ),
    code(
        "empty-period",
        409,
        "Nothing lies between the beginning and the end of the part's period",
    ),
    code(
        "no-company",
        409,
        "The provider has no company in the country to whose company the demand is addressed",
    ),
    code(
        "no-agent",
        409,
        "No agent serves the region where the data lies",
    ),
    code(
        "not-on-roster",
        422,
        "The key belongs to nobody on the roster",
    ),
    code(
        "signature-invalid",
        422,
        "The signature does not fit the mandate's text, or is nobody's on the roster",
    ),
    code(
        "no-own-machine-signed",
        409,
        "With this signature none could be made on its holder's own machine any more",
    ),
    code(
        "nothing-to-sign",
        409,
        "No mandate of this case waits for a signature",
    ),
    code("nothing-produced", 409, "Nothing was produced in this case"),
    code(
        "other-bytes",
        409,
        "What arrived is not the package that the agent's receipt names",
    ),
    code(
        "no-such-original",
        404,
        "There is no such original in this case",
    ),
    code(
        "no-letter",
        409,
        "The case cannot have a letter of this kind now",
    ),
    code(
        "letter-invisible",
        422,
        "The letter holds characters that nobody sees",
    ),
    code(
        "letter-unfinished",
        422,
        "A place in the letter is still to be filled in",
    ),
    code(
        "letter-without-code",
        422,
        "A notice has to hold four words by which its reader can check it",
    ),
    code(
        "letter-code-used",
        409,
        "These four words stand in another letter already",
    ),
    code(
        "letter-to-account",
        422,
        "It would go to an account that the demand is about, whose holder may not be told",
    ),
    code(
        "letter-names-another",
        422,
        "A notice would name another account that the demand is about",
    ),
    code(
        "no-such-letter",
        404,
        "No such letter was sent in this case",
    ),
    code(
        "letter-not-by-itself",
        409,
        "The desk cannot send this letter by itself in this way: no mail server is set up, its text may not stand in a mail, or no officer of the authority is known at the door",
    ),
    code(
        "letter-without-address",
        422,
        "No single mail address stands in what was written as the recipient",
    ),
    code("unknown-person", 422, "Nobody at the provider has this id"),
    code("unknown-group", 422, "No group of the desk has this id"),
    code(
        "nobody-opens",
        422,
        "No counsel of the case has a key in a file, to which a note could be sealed",
    ),
    code(
        "authority-of-another-group",
        422,
        "Another group of the desk answers the authority",
    ),
    code(
        "of-another-group",
        422,
        "The person does not work for the group whose case it is",
    ),
];

/// The code with this word.
pub(crate) fn find(word: &str) -> Option<&'static Code> {
    CODES.iter().find(|one| one.code == word)
}

/// Status and code of the page that stands in the place of another; nothing where the desk's own word decides.
pub(crate) fn page_of(problem: &Problem) -> Option<(u16, &'static str)> {
    let known = find(problem.code()?)?;
    Some((known.status, known.code))
}

/// The list for people, as docs/api.md shows it. A test holds the page against it.
#[must_use]
pub fn problems() -> String {
    use std::fmt::Write as _;
    let mut text = String::from("| code | status | title |\n|---|---|---|\n");
    for one in CODES {
        let _ = writeln!(text, "| `{}` | {} | {} |", one.code, one.status, one.title);
    }
    text
}
