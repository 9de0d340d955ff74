//! The examples of the documentation, over the tables that they are written for.

use std::path::Path;

use lagrum_model::Category::{Content, Subscriber, Traffic};
use lagrum_source::{Source as _, SourceConfig};
use rusqlite::Connection;
use serde_json::json;

use super::servers::Store;
use super::{opened, place, search};

/// What Mastodon keeps, as far as the example names it, with those of its indexes that are used.
const MASTODON: &str = "
    create table accounts (id bigint primary key, username varchar not null, domain varchar, created_at timestamp not null,
      note text not null default '', display_name varchar not null default '', url varchar, fields jsonb,
      also_known_as varchar[], private_key text);
    create table users (id bigint primary key, email varchar not null, unconfirmed_email varchar, created_at timestamp not null,
      encrypted_password varchar not null default '', sign_up_ip inet, locale varchar, time_zone varchar,
      disabled boolean not null default false, account_id bigint not null references accounts);
    create unique index on users (lower(email));
    create table session_activations (id bigint primary key, session_id varchar not null, created_at timestamp not null,
      updated_at timestamp not null, user_agent varchar not null default '', ip inet, user_id bigint not null);
    create index on session_activations (user_id);
    create table login_activities (id bigint primary key, user_id bigint not null, authentication_method varchar,
      provider varchar, success boolean, failure_reason varchar, ip inet, user_agent varchar, created_at timestamp);
    create index on login_activities (user_id);
    create table statuses (id bigint primary key, uri varchar, text text not null default '', created_at timestamp not null,
      in_reply_to_id bigint, reblog_of_id bigint, visibility integer not null default 0, spoiler_text text not null default '',
      language varchar, account_id bigint not null, deleted_at timestamp, edited_at timestamp);
    create index on statuses (account_id);
    create table status_edits (id bigint primary key, status_id bigint not null, account_id bigint, text text not null default '',
      spoiler_text text not null default '', created_at timestamp(6) not null);
    create index on status_edits (status_id);
    create table media_attachments (id bigint primary key, status_id bigint, file_file_name varchar, file_content_type varchar,
      file_file_size integer, remote_url varchar not null default '', created_at timestamp not null, account_id bigint,
      description text);
    create index on media_attachments (account_id, status_id);
    create table follows (id bigint primary key, created_at timestamp not null, account_id bigint not null,
      target_account_id bigint not null);
    create index on follows (account_id, target_account_id);

    insert into accounts (id, username, domain, created_at, fields, private_key) values
      (11, 'ann', null, '2020-01-01', '[{\"name\": \"web\"}]', 'secret'), (12, 'birk', null, '2020-01-01', null, 'secret'),
      (13, 'ann', 'elsewhere.example', '2020-01-01', null, null);
    insert into users (id, email, created_at, encrypted_password, sign_up_ip, account_id) values
      (1, 'Ann@kvist.example', '2020-01-01', 'hash', '2001:db8::1', 11), (2, 'birk@kvist.example', '2020-01-01', 'hash', null, 12);
    insert into session_activations values
      (1, 's', '2026-01-31 23:59:59', '2026-02-05', 'x', '192.0.2.1', 1), (2, 't', '2026-02-01', '2026-02-05', 'x', '192.0.2.1', 1),
      (3, 'u', '2026-01-05', '2026-01-05', 'x', '192.0.2.9', 2);
    insert into login_activities (id, user_id, success, created_at) values
      (1, 1, true, '2026-01-05'), (2, 1, false, null), (3, 2, true, '2026-01-05');
    insert into statuses (id, text, created_at, account_id, deleted_at) values
      (1, 'old', '2025-06-01', 11, null), (2, 'new', '2026-01-05', 11, null), (3, 'gone', '2026-01-06', 11, '2026-01-07'),
      (4, 'of another', '2026-01-05', 12, null), (5, 'of a namesake', '2026-01-05', 13, null);
    insert into status_edits (id, status_id, account_id, text, created_at) values
      (1, 1, 11, 'edited in January', '2026-01-09 10:00:00.123456'), (2, 2, 11, 'later', '2026-02-09');
    insert into media_attachments (id, status_id, created_at, account_id) values
      (1, 2, '2026-01-05', 11), (2, null, '2026-01-08', 11), (3, 1, '2025-06-01', 11), (4, 4, '2026-01-05', 12);
    insert into follows values (1, '2026-01-05', 11, 13), (2, '2026-01-05', 12, 11);
";

const REGISTRY: &str = "
    create table users (id integer primary key, login text unique, email text, full_name text, created_at integer, password text);
    create table organisations (id integer primary key, name text unique, billing_email text, created_at integer);
    create table memberships (user_id integer, organisation_id integer, role text, since integer);
    create table packages (id integer primary key, name text unique, organisation_id integer, created_at integer);
    create table versions (id integer primary key, package_id integer, number text, published_by integer, published_at integer,
      sha256 text);
    create table downloads (id integer primary key, version_id integer, at integer, ip text, user_agent text);
    create table logins (id integer primary key, user_id integer, at integer, ip text, token_name text);
    insert into users values (1, 'ann', 'ann@mail.example', 'Ann Ek', 1500000000, 'hash'), (2, 'birk', null, null, 1500000000, 'hash');
    insert into organisations values (1, 'acme', 'bill@acme.example', 1500000000), (2, 'other', null, 1500000000);
    insert into memberships values (1, 1, 'owner', 1500000000), (2, 2, 'owner', 1500000000);
    insert into packages values (1, 'left-pad', 1, 1500000000), (2, 'new', 1, 1767600000), (3, 'foreign', 2, 1767600000);
    insert into versions values
      (1, 1, '1.0.0', 1, 1500000000, 'aa'), (2, 1, '1.0.1', 2, 1767225600, 'bb'), (3, 1, '1.0.2', 1, 1769904000, 'cc'),
      (4, 2, '0.1.0', 1, 1767600000, 'dd'), (5, 3, '3.0.0', 2, 1767600000, 'ee');
    insert into downloads values
      (1, 1, 1767225599, '192.0.2.1', 'x'), (2, 1, 1767225600, '192.0.2.2', 'x'), (3, 2, 1769903999, '192.0.2.3', 'x'),
      (4, 2, 1769904000, '192.0.2.4', 'x'), (5, 5, 1767600000, '192.0.2.5', 'x'), (6, 1, null, '192.0.2.6', 'x');
    insert into logins values (1, 1, 1767600000, '192.0.2.1', 'ci'), (2, 2, 1767600000, '192.0.2.2', 'ci');
";

/// The sources of an example, each by itself.
fn sources(name: &str) -> Vec<(String, String)> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../docs/examples")
        .join(name);
    let text = std::fs::read_to_string(file).unwrap();
    let all: toml::Table = toml::from_str(&text).unwrap();
    let each = all["source"].as_array().unwrap().iter().map(|source| {
        let source = source.as_table().unwrap();
        let _: SourceConfig = source.clone().try_into().unwrap();
        (
            source["id"].as_str().unwrap().to_owned(),
            toml::to_string(source).unwrap(),
        )
    });
    each.collect()
}

#[test]
fn mastodon_gives_what_one_account_posted_whoever_else_is_called_so() {
    let Some(store) = Store::postgres() else {
        return;
    };
    store.fill(&[MASTODON.to_owned()]);
    let text = sources("mastodon.toml").remove(0).1;
    let database = "postgres://lagrum@localhost/mastodon_production";
    let text = text.replace(database, &store.address());
    let text = text.replace("password_file = \"mastodon.password\"\n", "");
    let source = opened(&text, Path::new("/")).unwrap();
    let ann = |category| search(&source, "ann@kvist.example", category).unwrap();
    let subscriber = ann(Subscriber);
    let user = &subscriber.records["table users row 1"];
    assert_eq!(user["users.email"], "Ann@kvist.example");
    assert_eq!(user["users.sign_up_ip"], "2001:db8::1");
    assert_eq!(
        subscriber.records["table accounts row 1"]["accounts.username"],
        "ann"
    );
    assert_eq!(subscriber.records.len(), 2);
    let all = format!("{:?}", subscriber.records);
    assert!(!all.contains("hash") && !all.contains("secret"), "{all}");
    let traffic = ann(Traffic);
    assert_eq!(
        traffic.names(),
        ["table logins id 1", "table sessions id 1"]
    );
    assert_eq!(traffic.put_aside(), ["table logins id 2"]);
    let session = &traffic.records["table sessions id 1"];
    assert_eq!(session["sessions.created_at"], "2026-01-31T23:59:59Z");
    let content = ann(Content);
    assert_eq!(
        content.names(),
        [
            "table edits id 1",
            "table follows id 1",
            "table media id 1",
            "table media id 2",
            "table statuses id 2",
            "table statuses id 3",
        ]
    );
    assert!(content.put_aside().is_empty());
    assert_eq!(
        content.records["table edits id 1"]["edits.created_at"],
        "2026-01-09T10:00:00.123456Z"
    );
    assert_eq!(
        content.records["table follows id 1"]["follows.domain"],
        "elsewhere.example"
    );
    assert_eq!(
        content.records["table statuses id 2"]["statuses.edited_at"],
        json!(null)
    );
    for part in source.rehearse().unwrap() {
        // `accounts` is read by its number, once for each who is followed.
        assert!(part.warnings.is_empty(), "{part:#?}");
    }
}

#[test]
fn a_registry_answers_for_users_organisations_and_packages() {
    let place = place();
    let owner = Connection::open(place.path().join("registry.sqlite")).unwrap();
    owner.execute_batch(REGISTRY).unwrap();
    drop(owner);
    let all: Vec<_> = sources("registry.toml")
        .into_iter()
        .map(|(id, text)| (id, opened(&text, place.path()).unwrap()))
        .collect();
    let ask = |id: &str, name: &str, category| {
        let source = &all.iter().find(|(other, _)| other == id).unwrap().1;
        search(source, name, category).unwrap()
    };
    let ann = ask("users", "ann@registry.example", Subscriber);
    assert_eq!(
        ann.names(),
        ["table memberships row 1", "table users row 1"]
    );
    assert_eq!(
        ann.records["table memberships row 1"]["memberships.organisation"],
        "acme"
    );
    assert_eq!(
        ask("users", "ann@registry.example", Traffic).names(),
        ["table logins id 1"]
    );
    let published = ask("users", "ann@registry.example", Content);
    assert_eq!(published.names(), ["table published id 4"]);
    let acme = ask("organisations", "org-acme@registry.example", Content);
    assert_eq!(
        acme.names(),
        [
            "table packages id 2",
            "table versions id 2",
            "table versions id 4"
        ],
        "a new version of an old package is found"
    );
    let package = ask("packages", "pkg-left-pad@registry.example", Content);
    assert_eq!(package.names(), ["table versions id 2"]);
    let downloads = ask("packages", "pkg-left-pad@registry.example", Traffic);
    assert_eq!(
        downloads.names(),
        ["table downloads id 2", "table downloads id 3"]
    );
    assert_eq!(downloads.put_aside(), ["table downloads id 6"]);
}
