//! Logs that lie in a bucket: fetched whole, and read by whoever reads logs in files.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use lagrum_mandate::{LookUps, Orders};
use lagrum_objects::{Bucket, Client, Entry, Fault, Style, Written, listing};
use lagrum_source::{
    About, Context, Need, Registry, Run, SearchResult, Seen, Sink, Source, SourceConfig,
    SourceError,
};
use lagrum_sources::TimeFormat;
use serde::Deserialize;

use crate::config::{Etag, bucket};
use crate::fault::{at, ended};
use crate::object;
use crate::source::STORAGE;

/// So many bytes has a log at most.
const MOST_BYTES: u64 = 1 << 40;
/// The longest name of a file, in bytes.
const LONGEST_NAME: usize = 200;

/// A log in a bucket, as it is written. What is not here is of the log itself ([`lagrum_sources::AccessLogConfig`]).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LogConfig {
    id: String,
    endpoint: String,
    region: String,
    bucket: String,
    #[serde(default)]
    style: Style,
    access_key: String,
    secret_file: PathBuf,
    #[serde(default)]
    certificates: Option<PathBuf>,
    #[serde(default)]
    etag: Etag,
    /// What all files of the log have before their names; it ends with `/`, or is empty.
    prefix: String,
    /// How its lines are written: the kind of a log in files.
    log: String,
}

/// The fields of a [`LogConfig`], besides its `id`.
const OWN: [&str; 10] = [
    "endpoint",
    "region",
    "bucket",
    "style",
    "access_key",
    "secret_file",
    "certificates",
    "etag",
    "prefix",
    "log",
];

/// A log in a bucket.
pub(crate) struct Log {
    about: About,
    pub(crate) bucket: Arc<Bucket>,
    etag: Etag,
    prefix: Vec<u8>,
    /// The same log in files, and whoever reads such.
    files: SourceConfig,
    logs: fn() -> Registry,
}

/// A log in S3-compatible storage: the kind `s3-log`. `logs` are the kinds that it may have in files.
///
/// # Errors
/// [`SourceError::Config`], naming the field.
pub fn open_log(
    config: &SourceConfig,
    context: &Context<'_>,
    logs: fn() -> Registry,
) -> Result<Box<dyn Source>, SourceError> {
    Ok(Box::new(Log::open(config, context, logs)?))
}

impl Log {
    pub(crate) fn open(
        config: &SourceConfig,
        context: &Context<'_>,
        logs: fn() -> Registry,
    ) -> Result<Self, SourceError> {
        let (mut own, mut files) = (config.clone(), config.clone());
        own.fields.retain(|name, _| OWN.contains(&name));
        files.fields.retain(|name, _| !OWN.contains(&name));
        let written: LogConfig = own.read()?;
        let id = &written.id;
        let fault = |field: &str, why: &str| SourceError::config(id, field, why);
        let bucket = bucket(
            id,
            &Written {
                endpoint: &written.endpoint,
                region: &written.region,
                bucket: &written.bucket,
                style: written.style,
                access_key: &written.access_key,
                secret_file: &written.secret_file,
                certificates: written.certificates.as_deref(),
                versions: false,
            },
            context,
        )?;
        if !written.prefix.is_empty() && !written.prefix.ends_with('/') {
            let why = "write what stands before the names of the files, up to the last `/` of it";
            return Err(fault("prefix", why));
        }
        if !written.log.starts_with("access-log-") {
            let why = "write the kind of a log in files: access-log-jsonl, access-log-combined, …";
            return Err(fault("log", why));
        }
        let paths = files.fields.get("paths").and_then(|paths| paths.as_array());
        let mut paths = paths.into_iter().flatten();
        if paths.any(|path| path.as_str().is_none_or(|path| path.contains('/'))) {
            let why = "names files below the `prefix`, without a `/`";
            return Err(fault("paths", why));
        }
        files.kind = written.log;
        let about = Self::reader(&files, context.base_directory, logs)?
            .about()
            .clone();
        Ok(Self {
            about: About {
                kind: "s3-log",
                ..about
            },
            bucket,
            etag: written.etag,
            prefix: written.prefix.into_bytes(),
            files,
            logs,
        })
    }

    /// Whoever reads the log when its files lie in `directory`.
    fn reader(
        files: &SourceConfig,
        directory: &Path,
        logs: fn() -> Registry,
    ) -> Result<Box<dyn Source>, SourceError> {
        let context = Context {
            base_directory: directory,
        };
        logs().open(files, &context)
    }

    fn id(&self) -> &str {
        &self.about.id
    }

    /// Fetches what lies below the prefix into a directory, and has it read there.
    pub(crate) fn read<T>(
        &self,
        run: Run<'_>,
        does: &mut dyn FnMut(&dyn Source, &Path) -> Result<T, SourceError>,
    ) -> Result<T, SourceError> {
        let scratch = |error| SourceError::io(self.id(), "the agent's scratch directory", error);
        let directory = run.scratch.directory().map_err(scratch)?;
        let mut place = STORAGE.to_owned();
        self.fetch(run, directory.path(), &mut place)
            .map_err(|fault| at(fault, self.id(), &place))?;
        does(
            &*Self::reader(&self.files, directory.path(), self.logs)?,
            directory.path(),
        )
    }

    fn fetch(&self, run: Run<'_>, directory: &Path, place: &mut String) -> Result<(), Fault> {
        let scratch = |error| SourceError::io(self.id(), "the agent's scratch directory", error);
        let go_on = || run.go_on(self.id()).map_err(ended);
        let mut client = Client::new(&self.bucket)?;
        // What lies deeper is no file of this log.
        let keep = |entry: &Entry| {
            let name = entry.key.get(self.prefix.len()..).unwrap_or_default();
            !name.is_empty() && !name.contains(&b'/')
        };
        let listed = listing::settled(&mut client, &self.prefix, &go_on, &keep)?;
        let mut all = 0_u64;
        for entry in &listed.kept {
            *place = entry.locator();
            let Some(content) = &entry.content else {
                continue;
            };
            let name = file_name(&entry.key[self.prefix.len()..]).ok_or(Fault::Nonsense(
                "a name that no file of a log has; give the log a prefix of its own",
            ))?;
            all = all.saturating_add(content.size);
            if all > MOST_BYTES {
                return Err(Fault::Nonsense("a log of more than 1 TiB"));
            }
            let file = File::create_new(directory.join(name)).map_err(|e| ended(scratch(e)))?;
            client.patiently(&go_on, &mut |client| {
                object::fetch(client, entry, content, self.etag, &file, &scratch, &go_on)
            })?;
            // By it a reader may tell the year of its lines.
            let changed = TimeFormat::Rfc3339.instant_of(&entry.modified);
            let changed = changed.ok_or(Fault::Nonsense("a file without a date"))?;
            let second = u64::try_from(changed.as_second()).unwrap_or(0);
            let changed = UNIX_EPOCH + Duration::from_secs(second);
            file.set_modified(changed).map_err(|e| ended(scratch(e)))?;
        }
        Ok(())
    }
}

/// The name of a file as a log has it: letters, digits and a few signs, and no link to anywhere.
fn file_name(name: &[u8]) -> Option<&str> {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-~:+@=,".contains(byte);
    let name = std::str::from_utf8(name).ok()?;
    let named = name.len() <= LONGEST_NAME && !matches!(name, "" | "." | "..");
    (named && name.as_bytes().iter().all(plain)).then_some(name)
}

impl Source for Log {
    fn about(&self) -> &About {
        &self.about
    }

    fn needs(&self) -> Vec<Need> {
        vec![Need::Port(self.bucket.port)]
    }

    fn probe(&self) -> Result<(), SourceError> {
        let probed = Client::new(&self.bucket).and_then(|mut client| listing::none(&mut client));
        probed.map_err(|fault| at(fault, self.id(), STORAGE))
    }

    fn search(
        &self,
        orders: &Orders<'_>,
        run: Run<'_>,
        sink: &mut dyn Sink,
    ) -> Result<Vec<SearchResult>, SourceError> {
        self.read(run, &mut |reader, _| reader.search(orders, run, sink))
    }

    fn look_up(
        &self,
        wanted: &LookUps<'_>,
        run: Run<'_>,
    ) -> Result<Vec<Option<Seen>>, SourceError> {
        self.read(run, &mut |reader, _| reader.look_up(wanted, run))
    }
}
