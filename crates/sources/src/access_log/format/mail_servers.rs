//! What Dovecot and Postfix say in a message of theirs: whose it is, and from where.

use super::super::entry::Entry;
use super::pairs;

/// A message of Dovecot (2.2 to 2.4): `imap-login: Login: user=<…>, rip=…`, `imap(…)<…><…>: Disconnected: …`.
///
/// `user` is whom the line is about, `rip` the address from where, `service`, `event` and `session` what was done.
pub(super) fn dovecot<'l>(entry: &mut Entry<'l>, message: &'l str) {
    let Some((head, rest)) = message.split_once(": ") else {
        return;
    };
    let levels = [
        "Info: ",
        "Warning: ",
        "Error: ",
        "Debug: ",
        "Fatal: ",
        "Panic: ",
    ];
    let rest = levels
        .iter()
        .find_map(|level| rest.strip_prefix(level))
        .unwrap_or(rest);
    let end = head.find(['(', '<']).unwrap_or(head.len());
    let (service, behind) = head.split_at(end);
    entry.push("service", service);
    // Before somebody signed in, and in the checking of passwords, it is a number or more than a name.
    if let Some((inside, tail)) = behind
        .strip_prefix('(')
        .and_then(|inner| inner.rsplit_once(')'))
        && !service.starts_with("auth")
        && (tail.starts_with('<') || !inside.bytes().all(|byte| byte.is_ascii_digit()))
    {
        entry.push("user", inside);
        let mut marks = tail.split(['<', '>']).filter(|part| !part.is_empty());
        marks.next();
        entry.push_some("session", marks.next());
    }
    let pairs_at = rest.find("user=<").unwrap_or(rest.len());
    let event = rest[..pairs_at].trim_end_matches([' ', ':', ',']);
    entry.push("event", event);
    if pairs_at < rest.len() {
        let text = &rest[pairs_at..];
        pairs::add(entry, text);
        let session = text
            .split_once("session=<")
            .and_then(|(_, of)| of.split_once('>'));
        entry.push_some("session", session.map(|(session, _)| session));
    }
}

/// A message of Postfix: `4F1A: client=mx[192.0.2.1], sasl_method=PLAIN, sasl_username=…`, or of an attempt that
/// failed, `warning: mx[192.0.2.1]: SASL PLAIN authentication failed: …, sasl_username=…`.
///
/// `user` is `sasl_username`, `rip` the address from where; `from` and `to` are envelopes, which anybody may write.
pub(super) fn postfix<'l>(entry: &mut Entry<'l>, message: &'l str) {
    let id = message.split_once(": ").map(|(id, _)| id).filter(|id| {
        let letters = id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        id.len() >= 5 && letters && id.bytes().any(|byte| byte.is_ascii_digit())
    });
    entry.push_some("queue_id", id);
    pairs::add(entry, message);
    let client = message
        .split_once("client=")
        .map(|(_, of)| of.split([',', ' ']).next().unwrap_or(of))
        .or_else(|| message.strip_prefix("warning: ")?.split(": ").next());
    entry.push_some("client", client);
    let address = client.and_then(|client| client.strip_suffix(']')?.rsplit_once('['));
    entry.push_some("rip", address.map(|(_, address)| address));
    let users = message.match_indices("sasl_username=").map(|(at, key)| {
        let text = &message[at + key.len()..];
        text.split([',', ' ']).next().unwrap_or(text)
    });
    for user in users {
        entry.push("user", user);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(
        read: fn(&mut Entry<'static>, &'static str),
        text: &'static str,
    ) -> [Option<String>; 4] {
        let mut entry = Entry::default();
        read(&mut entry, text);
        ["user", "rip", "event", "session"].map(|name| entry.get(name).map(str::to_owned))
    }

    fn some(texts: [&str; 4]) -> [Option<String>; 4] {
        texts.map(|text| (!text.is_empty()).then(|| text.to_owned()))
    }

    #[test]
    fn dovecot_says_whose_a_line_is_in_each_of_its_forms() {
        for (text, expected) in [
            (
                "imap-login: Login: user=<alder@kvist.example>, method=PLAIN, rip=192.0.2.1, lip=10.0.0.1, mpid=12, TLS, session=<aBc/d+e>",
                ["alder@kvist.example", "192.0.2.1", "Login", "aBc/d+e"],
            ),
            (
                "imap-login: Info: Logged in: user=<alder>, method=PLAIN, rip=2001:db8::1",
                ["alder", "2001:db8::1", "Logged in", ""],
            ),
            (
                "pop3-login: Disconnected (auth failed, 1 attempts in 2 secs): user=<alder>, method=PLAIN, rip=192.0.2.9",
                [
                    "alder",
                    "192.0.2.9",
                    "Disconnected (auth failed, 1 attempts in 2 secs)",
                    "",
                ],
            ),
            (
                "imap(alder@kvist.example)<123><aBc>: Disconnected: Logged out in=1 out=2",
                [
                    "alder@kvist.example",
                    "",
                    "Disconnected: Logged out in=1 out=2",
                    "aBc",
                ],
            ),
            (
                "imap(alder): Info: Connection closed",
                ["alder", "", "Connection closed", ""],
            ),
            ("imap(7)<1><s>: Logged out", ["7", "", "Logged out", "s"]),
            (
                "lmtp(123): Connect from local",
                ["", "", "Connect from local", ""],
            ),
            (
                "auth: passwd-file(alder,192.0.2.1): unknown user",
                ["", "", "passwd-file(alder,192.0.2.1): unknown user", ""],
            ),
            ("auth(alder,192.0.2.1): x", ["", "", "x", ""]),
            ("no message", ["", "", "", ""]),
        ] {
            assert_eq!(said(dovecot, text), some(expected), "{text}");
        }
    }

    #[test]
    fn postfix_says_whose_a_line_is_by_who_signed_in() {
        for (text, expected) in [
            (
                "4F1A2B3C: client=home.example[192.0.2.1], sasl_method=PLAIN, sasl_username=alder@kvist.example",
                ["alder@kvist.example", "192.0.2.1", "", ""],
            ),
            (
                "warning: unknown[2001:db8::1]: SASL LOGIN authentication failed: UGFzc3dvcmQ6, sasl_username=alder",
                ["alder", "2001:db8::1", "", ""],
            ),
            (
                "4F1A2B3C: from=<alder@kvist.example>, size=1, nrcpt=1 (queue active)",
                ["", "", "", ""],
            ),
            ("connect from unknown[192.0.2.1]", ["", "", "", ""]),
        ] {
            assert_eq!(said(postfix, text), some(expected), "{text}");
        }
    }
}
