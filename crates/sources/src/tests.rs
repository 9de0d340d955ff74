use std::path::Path;

use lagrum_model::Category;
use tempfile::TempDir;

use super::*;
use crate::testing::write;

fn opened(text: &str, base: &Path) -> Result<Box<dyn Source>, SourceError> {
    let config: SourceConfig = toml::from_str(text).expect("a configuration");
    let context = Context {
        base_directory: base,
    };
    registry().open(&config, &context)
}

fn refused(text: &str, base: &Path) -> String {
    match opened(text, base) {
        Err(error) => error.to_string(),
        Ok(_) => panic!("opened: {text}"),
    }
}

const MAIL: &str = r#"
    kind = "maildir"
    id = "mail-kvist"
    root = "mail"
    accounts = { "alder@kvist.example" = "alder/Maildir" }
"#;

const LOG: &str = r#"
    kind = "access-log-jsonl"
    id = "logins"
    paths = ["login.jsonl.gz", "login.jsonl"]
    account_field = "user"
    time_field = "time"
    time_format = "rfc3339"
    fields.identification = ["time", "ip"]
    fields.traffic = ["time", "ip", "action"]
"#;

#[test]
fn each_kind_of_mail_store_opens_by_its_name() {
    let base = TempDir::new().expect("a directory");
    write(&base.path().join("mail/x"), b"");
    for kind in ["maildir", "mbox", "eml-folder"] {
        let source = opened(&MAIL.replace("maildir", kind), base.path()).expect(kind);
        assert_eq!(source.about().kind, kind);
        assert_eq!(source.about().id, "mail-kvist");
        assert_eq!(source.about().categories, [Category::Content]);
    }
}

#[test]
fn a_log_serves_the_categories_for_which_it_names_fields() {
    let source = opened(LOG, Path::new("/")).expect("a log");
    assert_eq!(
        source.about().categories,
        [Category::Identification, Category::Traffic]
    );
}

#[test]
fn what_nobody_knows_is_refused_and_named() {
    let base = TempDir::new().expect("a directory");
    write(&base.path().join("mail/x"), b"");
    for text in [MAIL, LOG] {
        let why = refused(&format!("follow_links = true\n{text}"), base.path());
        assert!(why.contains("field `follow_links`"), "{why}");
    }
    let why = refused(&MAIL.replace("maildir", "imap"), base.path());
    assert!(
        why.contains("field `kind`") && why.contains("maildir, mbox"),
        "{why}"
    );
    let why = refused(&MAIL.replace("root", "roots"), base.path());
    assert!(why.contains("field `roots`"), "{why}");
}

#[test]
fn a_store_that_went_away_is_found_by_a_probe() {
    let base = TempDir::new().expect("a directory");
    write(&base.path().join("mail/x"), b"");
    write(&base.path().join("login.jsonl"), b"");
    write(&base.path().join("login.jsonl.gz"), b"");
    for (text, name) in [(MAIL, "mail"), (LOG, "login.jsonl")] {
        let source = opened(text, base.path()).expect("opened");
        source.probe().expect("there");
        std::fs::rename(base.path().join(name), base.path().join("away")).expect("moved");
        let error = source.probe().expect_err("gone");
        assert!(error.retryable(), "{error}");
        std::fs::rename(base.path().join("away"), base.path().join(name)).expect("back");
        source.probe().expect("there again");
    }
}

#[test]
fn a_missing_root_is_named() {
    let base = TempDir::new().expect("a directory");
    let Err(error) = opened(MAIL, base.path()) else {
        panic!("opened")
    };
    assert!(error.to_string().contains("field `root`"), "{error}");
}

#[test]
fn a_log_with_a_fault_is_refused_and_the_field_named() {
    for (from, to, field) in [
        (r#"["login.jsonl.gz", "login.jsonl"]"#, "[]", "paths"),
        (
            r#"["login.jsonl.gz", "login.jsonl"]"#,
            r#"["a", "a"]"#,
            "paths",
        ),
        ("fields.traffic", "fields.content", "fields"),
        (r#"["time", "ip", "action"]"#, "[]", "fields"),
        (r#"["time", "ip", "action"]"#, r#"["ip", "ip"]"#, "fields"),
        (r#""user""#, r#""""#, "account_field"),
        (r#"time_field = "time""#, r#"time_field = """#, "time_field"),
        (r#""logins""#, r#""Log ins""#, "id"),
        // A word that nobody knows: the field in which it stands.
        (r#""rfc3339""#, r#""rfc-3339""#, "time_format"),
        ("fields.traffic", "fields.trafic", "fields"),
        ("time_field", "timefield", "timefield"),
    ] {
        let text = LOG.replace(from, to);
        assert_ne!(text, LOG, "{from}");
        let Err(error) = opened(&text, Path::new("/")) else {
            panic!("opened with {to}")
        };
        assert!(
            error.to_string().contains(&format!("field `{field}`")),
            "{error}"
        );
    }
}

#[test]
fn only_a_store_in_files_is_told_where_accounts_lie() {
    let base = TempDir::new().expect("a directory");
    write(&base.path().join("mail/x"), b"");
    let template = MAIL.replace("accounts = {", "place = \"%n\" # {");
    for text in [MAIL, &template] {
        let source = opened(text, base.path()).expect("a store in files");
        assert_eq!(source.root(), Some(&*base.path().join("mail")));
    }
    for (field, line) in [
        ("accounts", "accounts = { a = \"b\" }"),
        ("place", "place = \"%n\""),
    ] {
        let why = refused(&format!("{line}\n{LOG}"), base.path());
        assert!(why.contains(&format!("field `{field}`")), "{why}");
    }
}
