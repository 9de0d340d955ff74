use std::path::{Path, PathBuf};
use std::sync::Arc;

use lagrum_desk::{Desk, DeskConfig, Parts, is_server};
use lagrum_packages::{Directory, Packages};
use lagrum_packages_s3::S3Packages;
use lagrum_store::{Database, MasterKey, Store, Vault};
use lagrum_store_postgres::PostgresDatabase;
use lagrum_store_sqlite::SqliteDatabase;
use lagrum_transport::directory::DirectoryDesk;

use crate::SetupError;

/// Where everything of one provider lies.
#[derive(Clone, Debug)]
pub struct Place {
    dir: PathBuf,
}

impl Place {
    /// Below `dir`.
    #[must_use]
    pub fn new(dir: PathBuf) -> Self {
        Self { dir }
    }

    /// The directory itself.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The desk's directory.
    #[must_use]
    pub fn desk(&self) -> PathBuf {
        self.dir.join("desk")
    }

    /// The desk's configuration.
    #[must_use]
    pub fn desk_file(&self) -> PathBuf {
        self.desk().join("desk.toml")
    }

    /// The agents' directories, one for each region.
    #[must_use]
    pub fn agents(&self) -> PathBuf {
        self.dir.join("agents")
    }

    /// The public log.
    #[must_use]
    pub fn log(&self) -> PathBuf {
        self.dir.join("log")
    }

    /// The provider's published keys.
    #[must_use]
    pub fn trust(&self) -> PathBuf {
        self.dir.join("trust.toml")
    }

    /// Opens the desk. Takes no lock, and writes nothing but a database that is not there yet.
    ///
    /// # Errors
    /// [`SetupError::NoDesk`]; when the configuration, the master key or the database cannot be used.
    pub fn open_desk(&self) -> Result<Desk, SetupError> {
        let file = self.desk_file();
        if !file.exists() {
            return Err(SetupError::NoDesk(self.dir.clone()));
        }
        let config = DeskConfig::load(&file)?;
        let database = open_database(&config.database)?;
        let master = MasterKey::read(&config.master_key)?;
        let store = Store::open(database, Vault::new(&master))?;
        let transport = Box::new(DirectoryDesk::new(config.contacts()));
        Ok(Desk::open(Parts {
            packages: packages(&config),
            store,
            transport,
            config,
        }))
    }
}

/// The database that the configuration names.
fn open_database(named: &str) -> Result<Arc<dyn Database>, SetupError> {
    if is_server(named) {
        return Ok(Arc::new(PostgresDatabase::open(named)?));
    }
    Ok(Arc::new(SqliteDatabase::open(Path::new(named))?))
}

/// Where sealed packages lie, as the configuration says. Nothing is read yet: a desk is opened also where the bucket
/// cannot be used.
#[must_use]
pub fn packages(config: &DeskConfig) -> Box<dyn Packages> {
    match &config.packages_s3 {
        None => Box::new(Directory::new(config.packages.clone())),
        Some(bucket) => Box::new(S3Packages::new(bucket.clone(), config.packages.clone())),
    }
}
