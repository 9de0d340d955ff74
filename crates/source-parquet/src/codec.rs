//! Pages as they are packed: unpacked to exactly the size that they name, and never more.

use std::io::Read;

use parquet::basic::Compression;

/// How the pages of a column are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Codec {
    None,
    Snappy,
    Gzip,
    Lz4,
    Zstandard,
}

/// The largest window of Zstandard, as a power of two.
const WINDOW: u32 = 26;

impl Codec {
    /// The codec of a column.
    ///
    /// # Errors
    /// What it is called, if it is none that is read.
    pub(crate) fn of(compression: Compression) -> Result<Self, &'static str> {
        match compression {
            Compression::UNCOMPRESSED => Ok(Self::None),
            Compression::SNAPPY => Ok(Self::Snappy),
            Compression::GZIP(_) => Ok(Self::Gzip),
            Compression::LZ4_RAW => Ok(Self::Lz4),
            Compression::ZSTD(_) => Ok(Self::Zstandard),
            Compression::LZ4 => Err("the old LZ4 of Hadoop"),
            Compression::BROTLI(_) => Err("Brotli"),
            _ => Err("LZO"),
        }
    }

    /// Unpacks `packed` behind what `into` holds; `size` bytes are expected. Nothing, if it is another size or damaged.
    pub(crate) fn unpack(self, packed: &[u8], size: usize, into: &mut Vec<u8>) -> Option<()> {
        let start = into.len();
        match self {
            Self::None => into.extend_from_slice(packed),
            Self::Snappy => {
                if snap::raw::decompress_len(packed).ok()? != size {
                    return None;
                }
                into.resize(start + size, 0);
                let mut decoder = snap::raw::Decoder::new();
                let written = decoder.decompress(packed, &mut into[start..]).ok()?;
                into.truncate(start + written);
            }
            Self::Lz4 => {
                into.resize(start + size, 0);
                let written = lz4_flex::block::decompress_into(packed, &mut into[start..]).ok()?;
                into.truncate(start + written);
            }
            Self::Gzip => {
                let mut decoder = flate2::bufread::MultiGzDecoder::new(packed);
                up_to(&mut decoder, size, into)?;
            }
            Self::Zstandard => {
                let mut decoder = zstd::stream::read::Decoder::with_buffer(packed).ok()?;
                decoder.window_log_max(WINDOW).ok()?;
                up_to(&mut decoder, size, into)?;
            }
        }
        (into.len() - start == size).then_some(())
    }
}

/// Reads all that there is, and one byte more than `size` at most.
fn up_to(from: &mut dyn Read, size: usize, into: &mut Vec<u8>) -> Option<()> {
    into.reserve_exact(size);
    from.take(size as u64 + 1).read_to_end(into).ok()?;
    Some(())
}
