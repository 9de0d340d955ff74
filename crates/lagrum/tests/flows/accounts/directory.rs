//! Accounts in an LDAP directory (Debian's slapd): what holds of a table holds of them.

#[path = "../../../../ldap/src/tests/server.rs"]
mod server;

use std::fmt::Write as _;

use lagrum_mandate::answer::RefusalCode;

use self::server::{PASSWORD, READER, SUFFIX, Slapd, certificate, place, root};
use super::table::{from_a_table, looked_up};
use super::{ADA, NOBODY, One};
use crate::property::made_up::{ACCOUNTS, ALIAS};

/// The entries of all accounts; the first has another name.
fn entries() -> String {
    let mut all = String::new();
    for (n, account) in ACCOUNTS.iter().enumerate() {
        let _ = writeln!(
            all,
            "dn: cn=n{n},ou=people,{SUFFIX}\nobjectClass: account9\ncn: n{n}\naddress: {account}\nkind: consumer\nland: US\nsecret: no"
        );
        if *account == ADA {
            let _ = writeln!(all, "otherAddress: {ALIAS}");
        }
        all.push('\n');
    }
    all
}

/// An agent whose accounts are in a directory. What stands of none of them there, a rule says.
fn with_directory(who: &str, server: &Slapd, more: &str) -> One {
    let (port, password) = (server.port, server.password());
    let filter = "(&(objectClass=account9)(|(address=:identifier)(otherAddress=:identifier)))";
    let columns = "address = \"address\"\naliases = \"otherAddress\"\ncontroller = \"kind\"\nresides_in = \"land\"\nprivileged = \"secret\"";
    let rule = "all_others = true\nus_person = \"\"\npublic_authority_of = \"\"";
    let text = format!(
        "[accounts.ldap]\naddress = \"ldap://127.0.0.1:{port}\"\nbind = \"{READER}\"\npassword_file = {password:?}\nbase = \"ou=people,{SUFFIX}\"\nfilter = \"{filter}\"\n{more}[accounts.ldap.columns]\n{columns}\n[[accounts.rule]]\n{rule}\n"
    );
    looked_up(who, &text)
}

fn privileged(n: usize, says: &str) -> String {
    format!(
        "dn: cn=n{n},ou=people,{SUFFIX}\nchangetype: modify\nreplace: secret\nsecret: {says}\n\n"
    )
}

#[test]
fn accounts_are_looked_up_in_a_directory_when_a_mandate_names_them() {
    let Some(root) = root() else { return };
    let mut server = Slapd::start(&root, &entries(), "", "ldap");
    let produced = with_directory(ADA, &server, "").produces().produced;
    assert_eq!(produced, from_a_table());
    // Whatever names it, its facts are those that stand there now, and not when the agent started.
    for who in [ADA, ALIAS, &ADA.to_uppercase()] {
        let one = with_directory(who, &server, "");
        let agent = one.opened();
        server.change(&privileged(0, "yes"));
        one.refuses_with(&agent, RefusalCode::Law, &["professional secrecy"]);
        server.change(&privileged(0, "no"));
    }
    // Of whom no entry tells nothing is assumed; nobody is nobody.
    with_directory("eve@made-up.example", &server, "").refuses(
        RefusalCode::UnknownAccount,
        &["eve@made-up.example", "[accounts]"],
    );
    let nobody = with_directory(NOBODY, &server, "");
    assert_eq!(nobody.produces().produced, 0);
    // Two entries for one name: the region is told whose, and the desk that something is wrong.
    let one = with_directory(ADA, &server, "");
    let agent = one.opened();
    server.change(&format!(
        "dn: cn=n1,ou=people,{SUFFIX}\nchangetype: modify\nadd: otherAddress\notherAddress: {ADA}\n\n"
    ));
    let says = ["more than one row", "the filter"];
    let why = one.refuses_with(&agent, RefusalCode::Configuration, &says);
    assert!(!why.contains("ada@") && !why.contains(SUFFIX), "{why}");
}

#[test]
fn a_directory_that_is_away_or_knows_of_another_is_a_failure_that_names_nobody() {
    let Some(root) = root() else { return };
    let mut server = Slapd::start(&root, &entries(), "", "ldap");
    let tells_nobody = |why: &str| {
        for secret in ["made-up", SUFFIX, "cn=", PASSWORD, "account9"] {
            assert!(!why.contains(secret), "{secret}: {why}");
        }
    };
    for who in [ADA, NOBODY] {
        let one = with_directory(who, &server, "timeout_seconds = 5\n");
        let agent = one.opened();
        server.stop();
        let why = one.refuses_with(&agent, RefusalCode::Source, &["number 1", "unreachable"]);
        tells_nobody(&why);
        drop(agent);
        // What begins meanwhile does not begin: the mandate waits.
        with_directory(who, &server, "").does_not_start(&["[accounts.ldap]"]);
        server.start_again();
    }
    // A part of it that lies elsewhere: who is not found here may be there.
    let one = with_directory("eve@made-up.example", &server, "");
    let agent = one.opened();
    server.change(&format!(
        "dn: ou=elsewhere,ou=people,{SUFFIX}\nchangetype: add\nobjectClass: referral\nobjectClass: extensibleObject\nou: elsewhere\nref: ldap://127.0.0.1:1/ou=elsewhere,{SUFFIX}\n\n"
    ));
    let says = ["[accounts.ldap]", "refers to another server"];
    tells_nobody(&one.refuses_with(&agent, RefusalCode::Source, &says));
}

#[test]
fn an_agent_does_not_start_with_a_directory_that_it_may_not_read_or_does_not_know() {
    let Some(root) = root() else { return };
    let server = Slapd::start(&root, &entries(), "", "ldap");
    let made = place();
    let certificates = certificate(made.path(), "localhost");
    let starttls = format!("certificates = {certificates:?}\n");
    for (from, to, says) in [
        ("secret\"", "secrets\"", "field `columns`"),
        ("(otherAddress=", "(otherAdress=", "`otherAdress`"),
        (
            "(objectClass=account9)",
            "(objectClass=person)",
            "`address`",
        ),
        ("ou=people", "ou=persons", "field `base`"),
        ("cn=reader", "cn=writer", "sign in"),
        ("(address=:identifier)", "(address=*)", "everybody"),
        // It has no certificate.
        ("filter", &format!("{starttls}filter"), "its result 2"),
    ] {
        let one = with_directory(ADA, &server, "");
        one.configure(from, to);
        let why = one.does_not_start(&["[accounts.ldap]", says]);
        assert!(!why.contains(PASSWORD), "{why}");
    }
    let rule = "[[accounts.rule]]\n";
    let one = with_directory(ADA, &server, "");
    let slip =
        "addresses = [\"eve@made-up.example\"]\nus_person = \"\"\npublic_authority_of = \"\"\n";
    one.configure(rule, &format!("{rule}{slip}{rule}"));
    one.does_not_start(&["eve@made-up.example", "no account there"]);
    // The same directory, secured.
    let secured = format!(
        "TLSCertificateFile {}\nTLSCertificateKeyFile {}",
        certificates.display(),
        made.path().join("localhost.key").display()
    );
    let server = Slapd::start(&root, &entries(), &secured, "ldap");
    let one = with_directory(ADA, &server, &starttls);
    one.configure("127.0.0.1", "localhost");
    assert_eq!(one.produces().produced, from_a_table());
    one.configure("localhost", "127.0.0.1");
    one.does_not_start(&["[accounts.ldap]", "certificate"]);
}
