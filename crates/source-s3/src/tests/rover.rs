//! A second storage, by others and in another language: s3rver, which keeps no versions, and looks at the key
//! and not at the signature.
//! Where it lies, `LAGRUM_S3RVER` says; without it the test says so and passes.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime};

use lagrum_source::Source as _;

use super::{failed, opened, place, search};

struct Rover {
    child: Child,
    port: u16,
    place: tempfile::TempDir,
}

impl Rover {
    fn start(script: &Path) -> Self {
        let place = place();
        std::fs::create_dir(place.path().join("store")).unwrap();
        let mut node = Command::new("node");
        node.arg(script.join("node_modules/s3rver/bin/s3rver.js"))
            .args(["-a", "127.0.0.1", "-p", "0", "-d"])
            .arg(place.path());
        let started = node.stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut child = started.unwrap();
        // "S3rver listening on 127.0.0.1:40519"
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let said = lines.find_map(|line| line.unwrap().rsplit_once(':')?.1.trim().parse().ok());
        let port = said.unwrap();
        // It goes on writing what it is asked.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Self { child, port, place }
    }

    /// Puts an object where it keeps them: it was stored at this second since 1970.
    fn put(&self, key: &str, bytes: &[u8], second: u64) {
        let file = self
            .place
            .path()
            .join(format!("store/{key}._S3rver_object"));
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, bytes).unwrap();
        let beside = file.with_file_name(format!(
            "{}._S3rver_metadata.json",
            key.rsplit('/').next().unwrap()
        ));
        std::fs::write(beside, "{\"content-type\": \"text/plain\"}").unwrap();
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(second);
        std::fs::File::options()
            .write(true)
            .open(&file)
            .unwrap()
            .set_modified(at)
            .unwrap();
    }
}

impl Drop for Rover {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn another_storage_is_read_as_the_first_is() {
    let Some(script) = std::env::var_os("LAGRUM_S3RVER").map(PathBuf::from) else {
        println!("SKIPPED: LAGRUM_S3RVER does not say where s3rver lies");
        return;
    };
    let rover = Rover::start(&script);
    let from = 1_767_225_600;
    let until = from + 31 * 86_400;
    let mut truth = BTreeSet::new();
    for number in 0..30 {
        let key = format!("kvist.example/ann/{} {number:02}+ö.txt", number % 3);
        let (second, inside) = [
            (from, true),
            (from - 1, false),
            (until - 1, true),
            (until, false),
        ][number % 4];
        let bytes = format!("{number}").repeat(number * 99).into_bytes();
        rover.put(&key, &bytes, second);
        if inside {
            truth.insert((key, bytes));
        }
    }
    rover.put("kvist.example/anna/x", b"another's", from);
    let key = ("S3RVER".to_owned(), "S3RVER".to_owned());
    let endpoint = format!("endpoint = \"http://127.0.0.1:{}\"", rover.port);
    let mut source = opened(&key, &format!("{endpoint}\nversions = false")).unwrap();
    // Its marks of pages need a cipher (DES) that Node has no more.
    source.bucket.page = 1000;
    source.probe().unwrap();
    let (counts, taken) = search(&source, "ann@kvist.example").unwrap().unwrap();
    assert_eq!(counts.examined, 30);
    let found = taken.items.into_values().map(|(name, kind, bytes)| {
        assert_eq!(kind, "text/plain");
        (name, bytes)
    });
    assert_eq!(found.collect::<BTreeSet<_>>(), truth);
    // It keeps no versions: where they are asked for, nothing is taken for all of them.
    let versions = opened(&key, &endpoint).unwrap();
    let error = failed(&versions, "ann@kvist.example");
    assert!(!error.retryable());
    assert!(error.to_string().contains("`versions = false`"), "{error}");
    let unknown = ("AKIAUNKNOWN".to_owned(), "guessed".to_owned());
    let unknown = opened(&unknown, &format!("{endpoint}\nversions = false")).unwrap();
    let error = failed(&unknown, "ann@kvist.example");
    assert!(
        error.class() == "denied" && error.to_string().contains("InvalidAccessKeyId"),
        "{error}"
    );
}
