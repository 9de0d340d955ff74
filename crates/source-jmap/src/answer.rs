//! What a server answers to a method (RFC 8620, 3.4).

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::value::RawValue;

use crate::fault::Fault;
use crate::method::{CALL, Method};

/// An id of a mailbox, a message or its bytes (RFC 8620, 1.2).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Id(pub(crate) String);

impl TryFrom<String> for Id {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        match (1..=255).contains(&text.len()) && text.bytes().all(plain) {
            true => Ok(Self(text)),
            false => Err("no id"),
        }
    }
}

/// An answer that is about one account.
pub(crate) trait Answer: DeserializeOwned {
    const METHOD: Method;

    /// The account that it is about.
    fn account(&self) -> &str;
}

/// The mailboxes of an account.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Mailboxes {
    account_id: String,
    state: String,
    pub(crate) list: Vec<Mailbox>,
}

/// One of them.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Mailbox {
    pub(crate) id: Id,
    pub(crate) role: Option<String>,
    pub(crate) total_emails: u64,
    pub(crate) my_rights: Rights,
}

/// What the account may do in a mailbox.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Rights {
    pub(crate) may_read_items: bool,
}

/// A page of the messages of an account.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Page {
    account_id: String,
    pub(crate) query_state: String,
    pub(crate) position: u64,
    pub(crate) total: u64,
    pub(crate) ids: Vec<Id>,
}

/// What messages are.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Emails {
    account_id: String,
    pub(crate) state: String,
    pub(crate) list: Vec<Email>,
    pub(crate) not_found: Option<Vec<IgnoredAny>>,
}

/// A message.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Email {
    pub(crate) id: Id,
    pub(crate) blob_id: Id,
    pub(crate) mailbox_ids: BTreeMap<Id, bool>,
    /// Its length in bytes.
    pub(crate) size: u64,
    /// When the server received it (UTC), as it writes it.
    pub(crate) received_at: String,
}

impl Answer for Mailboxes {
    const METHOD: Method = Method::MailboxGet;

    fn account(&self) -> &str {
        &self.account_id
    }
}

impl Answer for Page {
    const METHOD: Method = Method::EmailQuery;

    fn account(&self) -> &str {
        &self.account_id
    }
}

impl Answer for Emails {
    const METHOD: Method = Method::EmailGet;

    fn account(&self) -> &str {
        &self.account_id
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Responses<'a> {
    /// One, as one was called.
    #[serde(borrow)]
    method_responses: [(String, &'a RawValue, String); 1],
}

#[derive(Deserialize)]
struct Refusal {
    r#type: String,
}

/// Reads the answer to a call about this account.
pub(crate) fn read<A: Answer>(bytes: &[u8], account: &str) -> Result<A, Fault> {
    const TORN: Fault = Fault::Nonsense("an answer that is none");
    let responses: Responses<'_> = serde_json::from_slice(bytes).map_err(|_| TORN)?;
    let [(name, arguments, call)] = responses.method_responses;
    if call != CALL {
        return Err(Fault::Nonsense("an answer to no call"));
    }
    if name == "error" {
        let refusal: Refusal = serde_json::from_str(arguments.get()).map_err(|_| TORN)?;
        return Err(refused(A::METHOD, &refusal.r#type));
    }
    if name != A::METHOD.name() {
        return Err(Fault::Nonsense("an answer to another method"));
    }
    let answer: A = serde_json::from_str(arguments.get()).map_err(|_| TORN)?;
    match answer.account() == account {
        true => Ok(answer),
        false => Err(Fault::Nonsense("an answer about another account")),
    }
}

/// What a refusal means (RFC 8620, 3.6.2).
fn refused(method: Method, code: &str) -> Fault {
    let plain = (1..=64).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric());
    match code {
        "serverUnavailable" | "serverFail" | "serverPartialFail" | "rateLimit" => {
            Fault::Busy(code.to_owned(), 1)
        }
        "accountNotFound" | "accountNotSupportedByMethod" => Fault::NoMail,
        code => Fault::Refused {
            what: method.what(),
            code: if plain { code } else { "without a code" }.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str =
        r#"{"accountId":"a","queryState":"7","position":0,"total":1,"ids":["M1"],"more":[[]]}"#;

    fn page(responses: &str) -> Result<Page, Fault> {
        let whole = format!(r#"{{"methodResponses":{responses},"sessionState":"0"}}"#);
        read(whole.as_bytes(), "a")
    }

    #[test]
    fn an_answer_is_one_to_the_call_and_about_the_account() {
        let told = page(&format!(r#"[["Email/query",{PAGE},"0"]]"#)).unwrap();
        assert_eq!((told.total, told.ids), (1, vec![Id("M1".into())]));
        let of = |name: &str, arguments: &str, call: &str| {
            page(&format!(r#"[["{name}",{arguments},"{call}"]]"#))
        };
        for wrong in [
            of("Email/query", PAGE, "1"),
            of("Email/get", PAGE, "0"),
            of("Email/query", &PAGE.replace(r#""a""#, r#""b""#), "0"),
            of("Email/query", &PAGE.replace("M1", "../x"), "0"),
            of("Email/query", &PAGE.replace("M1", ""), "0"),
            of("Email/query", &PAGE.replace("M1", &"x".repeat(256)), "0"),
            of("Email/query", &PAGE.replace(r#""total":1,"#, ""), "0"),
            of(
                "Email/query",
                &PAGE.replace(r#""total":1"#, r#""total":-1"#),
                "0",
            ),
            of(
                "Email/query",
                &PAGE.replace(r#""total":1"#, r#""total":1,"total":2"#),
                "0",
            ),
            of("Email/query", "7", "0"),
            page("[]"),
            page(&format!(
                r#"[["Email/query",{PAGE},"0"],["Email/query",{PAGE},"0"]]"#
            )),
        ] {
            assert!(matches!(wrong, Err(Fault::Nonsense(_))), "{wrong:?}");
        }
    }

    #[test]
    fn of_a_refusal_a_code_is_told_and_nothing_else() {
        let of = |code: &str| {
            let refusal = format!(r#"{{"type":"{code}","description":"ann's secret"}}"#);
            page(&format!(r#"[["error",{refusal},"0"]]"#)).unwrap_err()
        };
        for (code, class) in [
            ("serverUnavailable", "unreachable"),
            ("rateLimit", "unreachable"),
            ("accountNotFound", "denied"),
            ("forbidden", "denied"),
            ("invalidArguments", "denied"),
            ("ann's secret", "denied"),
        ] {
            let error = of(code).at("mail", "the server");
            assert_eq!(error.class(), class, "{code}");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
    }
}
