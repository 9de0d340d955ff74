//! Files that come in with a form.

use axum::body::Body;

use crate::error::Problem;
use crate::form::Form;

/// A file as it was sent.
#[derive(Clone, Debug)]
pub(crate) struct Upload {
    /// Its name, without any folder.
    pub(crate) name: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
}

/// All files of one form together, in bytes: the largest original and a few annexes.
pub(crate) const LARGEST_UPLOAD: u64 = 96 << 20;
/// More files than one demand has.
const MOST_FILES: usize = 30;
/// A field that is no file, in bytes.
const LARGEST_FIELD: u64 = 256 << 10;
const MOST_FIELDS: usize = 100;

/// Reads a form with files (RFC 7578), within limits.
pub(crate) async fn read(boundary: String, body: Body) -> Result<(Form, Vec<Upload>), Problem> {
    let limits = multer::SizeLimit::new()
        .whole_stream(LARGEST_UPLOAD + (1 << 20))
        .per_field(LARGEST_UPLOAD);
    let constraints = multer::Constraints::new().size_limit(limits);
    let stream = body.into_data_stream();
    let mut parts = multer::Multipart::with_constraints(stream, boundary, constraints);
    let (mut fields, mut files) = (Vec::new(), Vec::<Upload>::new());
    while let Some(mut part) = parts.next_field().await.map_err(problem)? {
        let field = part.name().unwrap_or_default().to_owned();
        let name = part.file_name().map(bare);
        let limit = if name.is_some() {
            LARGEST_UPLOAD
        } else {
            LARGEST_FIELD
        };
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(problem)? {
            if bytes.len() as u64 + chunk.len() as u64 > limit {
                return Err(Problem::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        match name {
            // A field for files in which nothing was chosen.
            Some(name) if name.is_empty() && bytes.is_empty() => {}
            Some(name) => files.push(Upload { name, bytes }),
            None => {
                let text = String::from_utf8(bytes).map_err(|_| Problem::Malformed)?;
                fields.push((field, text.replace("\r\n", "\n")));
            }
        }
        if files.len() > MOST_FILES || fields.len() > MOST_FIELDS {
            return Err(Problem::TooLarge);
        }
    }
    Ok((Form::of(fields), files))
}

/// A file's name as people may read it: the last part of what the browser sent, in one line.
fn bare(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control()).take(200).collect();
    match clean.trim() {
        "." | ".." => String::new(),
        name => name.to_owned(),
    }
}

fn problem(error: multer::Error) -> Problem {
    match error {
        multer::Error::FieldSizeExceeded { .. } | multer::Error::StreamSizeExceeded { .. } => {
            Problem::TooLarge
        }
        _ => Problem::Malformed,
    }
}
