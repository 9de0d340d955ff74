use std::os::unix::fs::MetadataExt;
use std::time::{Duration, SystemTime};

use super::*;

fn row(address: &str, privileged: &str) -> String {
    format!("{HEADER}\n{address},,consumer,,,{privileged},\n")
}

fn inode(place: &Place) -> u64 {
    fs::metadata(place.path("index.sqlite")).unwrap().ino()
}

/// As if all that lies there were older by so much. (What the kernel says of a change cannot be set.)
fn older(place: &Place, name: &str, by: Duration) {
    let file = fs::File::options()
        .write(true)
        .open(place.path(name))
        .unwrap();
    let modified = file.metadata().unwrap().modified().unwrap();
    file.set_modified(modified - by).unwrap();
}

#[test]
fn a_table_that_changed_is_read_again_however_it_hides_it() {
    let place = Place::csv(row("bo@b.example", "no "));
    place.refused(&["yes or no"]);
    place.write(row("bo@b.example", "no"));
    assert_eq!(address_of(place.find("bo@b.example")), "bo@b.example");
    // The same length.
    place.write(row("ada@b.exampl", "no"));
    assert_eq!(address_of(place.find("bo@b.example")), "unknown");
    // The same length, and the same time of writing.
    let file = place.path("accounts.csv");
    let modified = fs::metadata(&file).unwrap().modified().unwrap();
    place.write(row("eve@b.exampl", "no"));
    let opened = fs::File::options().write(true).open(&file).unwrap();
    opened.set_modified(modified).unwrap();
    drop(opened);
    assert_eq!(address_of(place.find("ada@b.exampl")), "unknown");
    assert_eq!(address_of(place.find("eve@b.exampl")), "eve@b.exampl");
    // Another file in its place, which is older.
    fs::write(place.path("other"), row("joe@b.exampl", "no")).unwrap();
    older(&place, "other", Duration::from_secs(100_000));
    fs::rename(place.path("other"), &file).unwrap();
    assert_eq!(address_of(place.find("joe@b.exampl")), "joe@b.exampl");
    // A link to it that leads elsewhere now.
    fs::rename(&file, place.path("one.csv")).unwrap();
    fs::write(place.path("two.csv"), row("zoe@b.exampl", "no")).unwrap();
    std::os::unix::fs::symlink("one.csv", &file).unwrap();
    assert_eq!(address_of(place.find("joe@b.exampl")), "joe@b.exampl");
    fs::remove_file(&file).unwrap();
    std::os::unix::fs::symlink("two.csv", &file).unwrap();
    assert_eq!(address_of(place.find("joe@b.exampl")), "unknown");
    // Gone: nobody is unknown now.
    fs::remove_file(&file).unwrap();
    assert!(place.open().is_err());
}

#[test]
fn an_open_table_says_when_it_is_not_the_operators_any_more() {
    let mut place = Place::csv(row("bo@b.example", "no"));
    let columns = Columns {
        required: FACTS.map(str::to_owned).to_vec(),
        optional: vec!["aliases".into()],
    };
    let index = place.path("index.sqlite");
    let hand = [by_hand("ada@b.example", &[])];
    let input = place.input.take();
    let mut spec = Spec {
        index: &index,
        by_hand: ("agent.toml", &hand[..0]),
        nobody: &[],
        input: input.as_ref(),
        columns: &columns,
        settings: b"",
    };
    let table: Table<Account> = Table::open(&spec, &mut NoCheck).unwrap();
    // Until a file is older than the stamp by two seconds, it is read again to be certain.
    std::thread::sleep(Duration::from_millis(2_100));
    let table_again: Table<Account> = Table::open(&spec, &mut NoCheck).unwrap();
    assert!(table.is_current(&spec).unwrap() && table_again.is_current(&spec).unwrap());
    place.write(row("bo@b.example", "yes"));
    assert!(!table.is_current(&spec).unwrap());
    let table: Table<Account> = Table::open(&spec, &mut NoCheck).unwrap();
    let Found::Account(bo) = table.find(&mail("bo@b.example")).unwrap().1 else {
        panic!()
    };
    assert!(bo.privileged);
    // So do the accounts by hand, and what else is checked by.
    spec.by_hand.1 = &hand;
    assert!(!table.is_current(&spec).unwrap());
    let table: Table<Account> = Table::open(&spec, &mut NoCheck).unwrap();
    spec.settings = b"other";
    assert!(!table.is_current(&spec).unwrap());
}

#[test]
fn a_table_that_did_not_change_is_not_indexed_again() {
    let place = Place::csv(row("bo@b.example", "no"));
    place.open().unwrap();
    let first = inode(&place);
    place.open().unwrap();
    assert_eq!(inode(&place), first);
    // Touched, and the same to the byte.
    let file = fs::File::options()
        .write(true)
        .open(place.path("accounts.csv"))
        .unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
    place.open().unwrap();
    assert_eq!(inode(&place), first);
    place.write(row("bo@b.example", "yes"));
    place.open().unwrap();
    assert_ne!(inode(&place), first);
}

#[test]
fn an_index_that_is_not_whole_is_never_used() {
    let place = Place::csv(row("bo@b.example", "no"));
    place.open().unwrap();
    let index = place.path("index.sqlite");
    let whole = fs::read(&index).unwrap();
    // Cut off at every page, and empty, and other bytes; what lies half written beside it.
    for cut in (0..whole.len()).step_by(4096) {
        fs::write(&index, &whole[..cut]).unwrap();
        fs::write(place.path(".index.sqlite.partial"), &whole[..cut]).unwrap();
        assert_eq!(
            address_of(place.find("bo@b.example")),
            "bo@b.example",
            "{cut}"
        );
        assert!(!place.path(".index.sqlite.partial").exists());
    }
    fs::write(&index, vec![7; whole.len()]).unwrap();
    assert_eq!(address_of(place.find("bo@b.example")), "bo@b.example");
    // Not marked as whole.
    let meddled = Connection::open(&index).unwrap();
    meddled.execute("delete from meta", []).unwrap();
    meddled.execute("delete from name", []).unwrap();
    drop(meddled);
    assert_eq!(address_of(place.find("bo@b.example")), "bo@b.example");
    // Of another table, with the stamp of this one.
    let other = Place::csv(row("ada@b.example", "no"));
    other.open().unwrap();
    fs::copy(other.path("index.sqlite"), &index).unwrap();
    assert_eq!(address_of(place.find("bo@b.example")), "bo@b.example");
    for stamp in ["", "{}", "\0"] {
        fs::write(place.path("index.stamp"), stamp).unwrap();
        assert_eq!(address_of(place.find("bo@b.example")), "bo@b.example");
    }
}

#[test]
fn many_who_begin_at_once_make_one_index() {
    let place = Place::csv(row("bo@b.example", "no"));
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert_eq!(address_of(place.find("bo@b.example")), "bo@b.example"));
        }
    });
    let names = fs::read_dir(place.dir.path()).unwrap();
    let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(
        names,
        ["accounts.csv", "index.lock", "index.sqlite", "index.stamp"]
    );
    // What stands in it is for its owner alone.
    let mode = fs::metadata(place.path("index.sqlite")).unwrap().mode();
    assert_eq!(mode & 0o077, 0);
}
