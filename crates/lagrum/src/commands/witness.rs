//! `lagrum witness new`, `lagrum witness serve`: to be a witness for the logs of others.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::anyhow;
use lagrum_notes::{MlDsaKey, SigningKey, role};
use lagrum_public::{Witness as Witnessing, witness_pages};
use lagrum_serving::Tls;
use lagrum_serving::serve;
use rand_core::OsRng;

use crate::context::{Context, second};
use crate::output::Failure;

/// A witness for the logs of others
#[derive(clap::Subcommand)]
pub enum Witness {
    /// Make a witness: its keys, and a list of logs
    New {
        /// Where it lives
        directory: PathBuf,
        /// Its name, such as witness.example/kvist: readers of the logs name it so
        name: String,
    },
    /// Answer logs that ask to be witnessed, until the process ends
    Serve {
        /// Where it lives
        directory: PathBuf,
        #[command(flatten)]
        at: At,
    },
}

/// Where something is served.
#[derive(clap::Args)]
pub struct At {
    /// On which address and port it listens
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8710")]
    pub listen: SocketAddr,
    /// The certificate (PEM, with its chain) under which it is reached; without one, a reverse proxy speaks TLS
    #[arg(long, value_name = "FILE", requires = "key")]
    certificate: Option<PathBuf>,
    /// Its key (PEM), which nobody else may be able to read
    #[arg(long, value_name = "FILE", requires = "certificate")]
    key: Option<PathBuf>,
}

impl At {
    /// The certificate, if one was named.
    pub fn tls(self) -> Result<Option<Tls>, Failure> {
        match (self.certificate, self.key) {
            (Some(certificate), Some(key)) => {
                Ok(Some(Tls::new(certificate, key).map_err(|e| anyhow!(e))?))
            }
            _ => Ok(None),
        }
    }
}

impl Witness {
    /// Does it.
    pub fn run(self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::New { directory, name } => {
                let key: SigningKey<role::Witness> = SigningKey::generate(&mut OsRng, &name)?;
                let ml_dsa = MlDsaKey::generate(&mut OsRng, &name)?;
                Witnessing::create(&directory, &key, &ml_dsa)?;
                let (made, ml_dsa) = (key.verifying_key(), ml_dsa.verifying_key());
                let json = serde_json::json!({
                    "directory": directory, "key": made.to_string(), "ml_dsa_key": ml_dsa.to_string(),
                });
                context.output.show(&json, || {
                    format!(
                        "The witness's keys, for the policies of logs and their readers. Ed25519, which every reader knows:\n\n    {made}\n\n\
                         ML-DSA-44, which also holds against quantum computers:\n\n    {ml_dsa}\n\n\
                         Write the key of each log that it is to witness into {}, a line each.\n\
                         Then: lagrum witness serve {}",
                        directory.join("logs").display(),
                        directory.display()
                    )
                })
            }
            Self::Serve { directory, at } => {
                let witness = Witnessing::open(&directory)?;
                let key = witness.verifying_key();
                let ml_dsa = witness.ml_dsa_key().map(|key| key.to_string());
                let logs = witness.logs()?.len();
                let listen = at.listen;
                let said = |listening: SocketAddr| {
                    let json = serde_json::json!({
                        "witness": key.to_string(), "ml_dsa_key": ml_dsa, "listening": listening, "logs": logs,
                    });
                    // Nobody reads it: then it serves all the same.
                    let _ = context.output.show(&json, || {
                        format!(
                            "{} answers on {listening} and knows {logs} logs. Stop it with Ctrl+C.",
                            key.name()
                        )
                    });
                };
                serve(witness_pages(witness, second), listen, at.tls()?, said)?;
                Ok(())
            }
        }
    }
}
