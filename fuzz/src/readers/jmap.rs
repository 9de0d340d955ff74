//! Answers of a JMAP server: an error, or ids that are ids, and addresses on the server that was named.
use lagrum_source_jmap::testing::{LONGEST, Understood, understood};

/// Reads one input.
pub(crate) fn read(bytes: &[u8]) {
    let bytes = &bytes[..bytes.len().min(LONGEST)];
    let told = understood(bytes);
    for one in &told {
        match one {
            Understood::Session(account, path) => {
                assert!((1..=1024).contains(&account.len()));
                assert!(path.starts_with('/') && !path.starts_with("//"), "{path}");
            }
            Understood::Login => {}
            Understood::Ids(ids) => {
                let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
                let an_id = |id: &String| (1..=255).contains(&id.len()) && id.bytes().all(plain);
                assert!(ids.iter().all(an_id), "{ids:?}");
            }
        }
    }
    // What breaks off is no answer.
    let end = bytes.trim_ascii_end().len();
    if !told.is_empty() {
        assert_eq!(understood(&bytes[..end - 1]), []);
    }
}

/// What servers answer: a session, mailboxes, a page, messages, a refusal.
pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let session = r#"{"username":"a","apiUrl":"/jmap/","downloadUrl":"https://mail.example/d/{accountId}/{blobId}/{name}?accept={type}","state":"0","capabilities":{"urn:ietf:params:jmap:core":{"maxSizeRequest":10485760,"maxObjectsInGet":4096},"urn:ietf:params:jmap:mail":{}},"accounts":{"a":{"name":"a","isPersonal":true,"accountCapabilities":{"urn:ietf:params:jmap:mail":{"maxMailboxesPerEmail":20}}}},"primaryAccounts":{"urn:ietf:params:jmap:mail":"a"}}"#;
    let answers = [
        (
            "Mailbox/get",
            r#"{"state":"4","list":[{"id":"wl9b","myRights":{"mayReadItems":true,"mayAddItems":true},"role":"inbox","totalEmails":1},{"id":"twvd","myRights":{"mayReadItems":false},"role":null,"totalEmails":0}],"notFound":[],"accountId":"a"}"#,
        ),
        (
            "Email/query",
            r#"{"queryState":"4:0","canCalculateChanges":true,"position":0,"total":2,"ids":["Ma6f9","M047f"],"accountId":"a"}"#,
        ),
        (
            "Email/get",
            r#"{"state":"4","list":[{"id":"Ma6f9","blobId":"Ga6f9","mailboxIds":{"wl9b":true},"size":58,"receivedAt":"2026-01-15T11:00:00Z"}],"notFound":["M047f"],"accountId":"a"}"#,
        ),
        (
            "error",
            r#"{"type":"accountNotFound","description":"none"}"#,
        ),
    ];
    let whole = |(name, told): (&str, &str)| {
        format!(r#"{{"methodResponses":[["{name}",{told},"0"]],"sessionState":"0"}}"#).into_bytes()
    };
    let mut all = vec![session.as_bytes().to_vec()];
    all.extend(answers.map(whole));
    let known = all.iter().filter(|seed| !understood(seed).is_empty());
    assert_eq!(known.count(), 4, "the seeds are answers");
    all
}
