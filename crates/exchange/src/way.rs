//! What can be asked of an exchange, and under which path.

use std::fmt;

use lagrum_model::{Region, Sha256Digest};
use lagrum_transport::{LONGEST_ANSWER, Stem};

/// What goes over the wire of a package at once, in bytes: what a cut connection loses at most.
pub(crate) const PIECE: usize = 4 << 20;

/// A sealed package that is on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parcel {
    /// Its name.
    pub stem: Stem,
    /// Its SHA-256.
    pub sha256: Sha256Digest,
    /// Its length in bytes.
    pub length: u64,
}

/// One step of an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Which mandates are offered?
    Waiting,
    /// Tell when something is there that was not when it looked as this digest says.
    Changes(Sha256Digest),
    /// A mandate with what came with it.
    Mandate(Stem),
    /// Of which mandates is there a recall?
    Recalls,
    /// One recall.
    Recall(Stem),
    /// Does the desk say that it has the package?
    Acknowledged(Stem),
    /// Nothing of it is kept any more.
    Forget(Stem),
    /// The agent is at work.
    Beat,
    /// Was a receipt sent?
    Answered(Stem),
    /// A refusal.
    Refusal(Stem),
    /// A receipt.
    Receipt(Stem),
    /// Is a package there?
    HasPackage(Stem),
    /// How much of this package is there?
    Package(Parcel),
    /// More of it, from that place on.
    Piece(Parcel, u64),
}

/// A step, and the region whose agent does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Way {
    pub region: Region,
    pub step: Step,
}

impl Step {
    /// GET where it only reads.
    pub(crate) fn method(&self) -> &'static str {
        match self.largest_body() {
            None => "GET",
            Some(_) => "POST",
        }
    }

    /// The longest body that comes with it, in bytes; `None`: it only reads.
    pub(crate) fn largest_body(&self) -> Option<usize> {
        match self {
            Self::Forget(_) => Some(0),
            Self::Beat | Self::Refusal(_) | Self::Receipt(_) => {
                Some(usize::try_from(LONGEST_ANSWER).unwrap_or(usize::MAX))
            }
            Self::Piece(..) => Some(PIECE),
            _ => None,
        }
    }

    fn parse(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').collect();
        let stem = |text: &&str| Stem::parse(text);
        let parcel = |stem: &&str, sha256: &&str, length: &&str| {
            Some(Parcel {
                stem: Stem::parse(stem)?,
                sha256: Sha256Digest::parse(sha256).ok()?,
                length: length.parse().ok()?,
            })
        };
        Some(match &parts[..] {
            ["waiting"] => Self::Waiting,
            ["changes", seen] => Self::Changes(Sha256Digest::parse(seen).ok()?),
            ["mandate", name] => Self::Mandate(stem(name)?),
            ["recalls"] => Self::Recalls,
            ["recall", name] => Self::Recall(stem(name)?),
            ["acknowledged", name] => Self::Acknowledged(stem(name)?),
            ["forget", name] => Self::Forget(stem(name)?),
            ["beat"] => Self::Beat,
            ["answered", name] => Self::Answered(stem(name)?),
            ["refusal", name] => Self::Refusal(stem(name)?),
            ["receipt", name] => Self::Receipt(stem(name)?),
            ["package", name] => Self::HasPackage(stem(name)?),
            ["package", name, sha256, length] => Self::Package(parcel(name, sha256, length)?),
            ["package", name, sha256, length, from] => {
                Self::Piece(parcel(name, sha256, length)?, from.parse().ok()?)
            }
            _ => return None,
        })
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Waiting => f.write_str("waiting"),
            Self::Changes(seen) => write!(f, "changes/{seen}"),
            Self::Mandate(stem) => write!(f, "mandate/{stem}"),
            Self::Recalls => f.write_str("recalls"),
            Self::Recall(stem) => write!(f, "recall/{stem}"),
            Self::Acknowledged(stem) => write!(f, "acknowledged/{stem}"),
            Self::Forget(stem) => write!(f, "forget/{stem}"),
            Self::Beat => f.write_str("beat"),
            Self::Answered(stem) => write!(f, "answered/{stem}"),
            Self::Refusal(stem) => write!(f, "refusal/{stem}"),
            Self::Receipt(stem) => write!(f, "receipt/{stem}"),
            Self::HasPackage(stem) => write!(f, "package/{stem}"),
            Self::Package(of) => write!(f, "package/{}/{}/{}", of.stem, of.sha256, of.length),
            Self::Piece(of, from) => {
                write!(f, "package/{}/{}/{}/{from}", of.stem, of.sha256, of.length)
            }
        }
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/v1/{}/{}", self.region, self.step)
    }
}

/// Where an agent of a region comes in, with a token.
pub(crate) fn enrolment(region: &Region) -> String {
    format!("/v1/{region}/enrol")
}

/// The region that a path names, and the rest of it.
pub(crate) fn region_of(path: &str) -> Option<(Region, &str)> {
    let (region, rest) = path.strip_prefix("/v1/")?.split_once('/')?;
    Some((Region::parse(region).ok()?, rest))
}

impl Way {
    /// Reads a method and a path. `None`: there is no such step, or it is written in another way.
    pub(crate) fn parse(method: &str, path: &str) -> Option<Self> {
        let (region, rest) = region_of(path)?;
        let step = Step::parse(rest)?;
        let way = Self { region, step };
        (way.step.method() == method && way.to_string() == path).then_some(way)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_has_one_path_and_no_other_is_one() {
        let stem = Stem::parse("2026-0004-00000001").unwrap();
        let sha256 = Sha256Digest::of(b"package");
        let parcel = Parcel {
            stem: stem.clone(),
            sha256,
            length: 7,
        };
        let steps = [
            Step::Waiting,
            Step::Changes(sha256),
            Step::Mandate(stem.clone()),
            Step::Recalls,
            Step::Recall(stem.clone()),
            Step::Acknowledged(stem.clone()),
            Step::Forget(stem.clone()),
            Step::Beat,
            Step::Answered(stem.clone()),
            Step::Refusal(stem.clone()),
            Step::Receipt(stem.clone()),
            Step::HasPackage(stem),
            Step::Package(parcel.clone()),
            Step::Piece(parcel, 3),
        ];
        let region = Region::parse("stockholm").unwrap();
        for step in steps {
            let way = Way {
                region: region.clone(),
                step,
            };
            let (method, path) = (way.step.method(), way.to_string());
            assert_eq!(Way::parse(method, &path), Some(way), "{path}");
            let other = if method == "GET" { "POST" } else { "GET" };
            assert_eq!(Way::parse(other, &path), None, "{path}");
        }
        for wrong in [
            "/v1/stockholm/waiting/",
            "/v1/stockholm//waiting",
            "/v1/stockholm/../dublin/waiting",
            "/v1/stockholm/mandate/..",
            "/v1/stockholm/mandate/%2e%2e",
            "/v1/stockholm/waiting?a",
            "/v2/stockholm/waiting",
            "/v1/stockholm",
            "/",
        ] {
            assert_eq!(Way::parse("GET", wrong), None, "{wrong}");
        }
        let upper = format!("/v1/stockholm/changes/{}", "AB".repeat(32));
        assert_eq!(Way::parse("GET", &upper), None);
    }
}
