//! A second storage, by others and in another language: s3rver, which keeps no versions, and looks at the key
//! and not at the signature.
//! Where it lies, `LAGRUM_S3RVER` says; without it tests say so and pass.
#![allow(
    dead_code,
    reason = "not each room that has it asks for everything of it"
)]

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime};

/// A server with the bucket `store`.
pub struct Rover {
    child: Child,
    pub port: u16,
    place: tempfile::TempDir,
}

impl Rover {
    /// Starts it, if it is there.
    pub fn any() -> Option<Self> {
        let Some(script) = std::env::var_os("LAGRUM_S3RVER").map(PathBuf::from) else {
            println!("SKIPPED: LAGRUM_S3RVER does not say where s3rver lies");
            return None;
        };
        Some(Self::start(&script))
    }

    fn start(script: &Path) -> Self {
        #[allow(
            clippy::disallowed_methods,
            reason = "what tests make belongs to nobody"
        )]
        let place = tempfile::tempdir().unwrap();
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
    pub fn put(&self, key: &str, bytes: &[u8], second: u64) {
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
