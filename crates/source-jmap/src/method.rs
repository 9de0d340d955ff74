//! What is asked of a server: there is nothing here that could change anything.

use serde_json::{Value, json};

/// The methods that are called (RFC 8620, 3.2); no other is known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    /// The account's mailboxes (RFC 8621, 2.1).
    MailboxGet,
    /// Which messages it has (RFC 8621, 4.4).
    EmailQuery,
    /// What they are (RFC 8621, 4.2).
    EmailGet,
}

/// What of JMAP is used.
pub(crate) const CORE: &str = "urn:ietf:params:jmap:core";
pub(crate) const MAIL: &str = "urn:ietf:params:jmap:mail";
/// What a call is called; a request has one.
pub(crate) const CALL: &str = "0";

impl Method {
    /// What it is called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::MailboxGet => "Mailbox/get",
            Self::EmailQuery => "Email/query",
            Self::EmailGet => "Email/get",
        }
    }

    /// For errors: what would have been done.
    pub(crate) fn what(self) -> &'static str {
        match self {
            Self::MailboxGet => "to list mailboxes",
            Self::EmailQuery => "to list messages",
            Self::EmailGet => "to tell of messages",
        }
    }
}

/// A request of one call.
fn request(method: Method, arguments: Value) -> String {
    json!({
        "using": [CORE, MAIL],
        "methodCalls": [[method.name(), arguments, CALL]],
    })
    .to_string()
}

/// Asks for all mailboxes of an account.
pub(crate) fn mailboxes(account: &str) -> String {
    let properties = ["id", "role", "totalEmails", "myRights"];
    request(
        Method::MailboxGet,
        json!({"accountId": account, "ids": null, "properties": properties}),
    )
}

/// Asks which messages an account has, from `position` on, at most `limit` of them. No date is asked for: which
/// belong to an order, is judged here.
pub(crate) fn messages(account: &str, position: u64, limit: u64) -> String {
    request(
        Method::EmailQuery,
        json!({
            "accountId": account,
            "sort": [{"property": "receivedAt", "isAscending": true}],
            "collapseThreads": false,
            "position": position,
            "limit": limit,
            "calculateTotal": true,
        }),
    )
}

/// Asks what these messages are.
pub(crate) fn about(account: &str, ids: &[String]) -> String {
    let properties = ["id", "blobId", "mailboxIds", "size", "receivedAt"];
    request(
        Method::EmailGet,
        json!({"accountId": account, "ids": ids, "properties": properties}),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_methods_that_read_can_be_called() {
        let ids = ["M1".to_owned()];
        let all = [mailboxes("a"), messages("a", 0, 1), about("a", &ids)];
        let called = all.map(|one| {
            let request: Value = serde_json::from_str(&one).unwrap();
            let calls = request["methodCalls"].as_array().unwrap().clone();
            assert_eq!(calls.len(), 1);
            calls[0][0].as_str().unwrap().to_owned()
        });
        assert_eq!(called, ["Mailbox/get", "Email/query", "Email/get"]);
    }
}
