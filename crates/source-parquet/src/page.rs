//! The pages of a column: each is looked at before it is unpacked, and again before it is decoded.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use parquet::basic::{Encoding, Type};
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::schema::types::ColumnDescPtr;

use crate::codec::Codec;
use crate::delta;
use crate::fault::{self, AGAIN};
use crate::thrift::{Compact, I32, Malformed, STRUCT};

/// How much is read at once to find a header, and the longest one: it may hold the least and the greatest value.
const HEADER: usize = 4 << 10;
const LONGEST_HEADER: usize = 4 << 20;

/// What a value of a dictionary takes beside its bytes.
const ENTRY: usize = 32;

/// The most values of a column that may come at once, where a row has several: so many are read before a row ends.
pub(crate) const AT_ONCE: usize = 1 << 20;

/// How many rows are read at once of a column whose values are written as what each adds to the one before it, so
/// that a short page holds long values.
pub(crate) const FEW: usize = 4;

/// What the pages of a group hold together.
#[derive(Debug)]
pub(crate) struct Budget {
    most: usize,
    held: AtomicUsize,
}

impl Budget {
    pub(crate) fn new(most: usize) -> Self {
        let held = AtomicUsize::new(0);
        Self { most, held }
    }

    fn take(&self, bytes: usize) -> Result<()> {
        let before = self.held.fetch_add(bytes, Ordering::Relaxed);
        match before.saturating_add(bytes) > self.most {
            true => Err(ours(&format!(
                "its pages of one group of rows hold more than {} MiB together unpacked; write a larger `memory_mib` if the machine has it, or have the log written in smaller groups of rows",
                self.most >> 20
            ))),
            false => Ok(()),
        }
    }

    fn give_back(&self, bytes: usize) {
        self.held.fetch_sub(bytes, Ordering::Relaxed);
    }
}

/// An error of a page, on its way through the library.
fn damaged(what: &str) -> ParquetError {
    ours(&format!("{what}; {AGAIN}"))
}

fn ours(why: &str) -> ParquetError {
    ParquetError::External(Box::new(fault::damaged(why)))
}

/// What a header says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Header {
    length: usize,
    kind: i32,
    unpacked: usize,
    packed: usize,
    checksum: Option<u32>,
    values: usize,
    nulls: usize,
    rows: usize,
    encoding: i32,
    /// Encodings of the levels (version 1), or their lengths in bytes (version 2).
    definition: i32,
    repetition: i32,
    is_packed: bool,
}

const DATA: i32 = 0;
const INDEX: i32 = 1;
const DICTIONARY: i32 = 2;
const DATA_2: i32 = 3;

impl Header {
    fn read(bytes: &[u8]) -> std::result::Result<Self, Malformed> {
        let mut all = Compact::new(bytes);
        let mut header = Self {
            is_packed: true,
            kind: -1,
            ..Self::default()
        };
        let mut described = -1;
        all.fields(|all, field, kind| {
            match (field, kind) {
                (1, I32) => header.kind = all.int()?,
                (2, I32) => header.unpacked = size(all)?,
                (3, I32) => header.packed = size(all)?,
                (4, I32) => header.checksum = Some(all.int()?.cast_unsigned()),
                (5, STRUCT) => {
                    described = DATA;
                    all.fields(|all, field, kind| {
                        match (field, kind) {
                            (1, I32) => header.values = size(all)?,
                            (2, I32) => header.encoding = all.int()?,
                            (3, I32) => header.definition = all.int()?,
                            (4, I32) => header.repetition = all.int()?,
                            _ => return Ok(false),
                        }
                        Ok::<_, Malformed>(true)
                    })?;
                }
                (7, STRUCT) => {
                    described = DICTIONARY;
                    all.fields(|all, field, kind| {
                        match (field, kind) {
                            (1, I32) => header.values = size(all)?,
                            (2, I32) => header.encoding = all.int()?,
                            _ => return Ok(false),
                        }
                        Ok::<_, Malformed>(true)
                    })?;
                }
                (8, STRUCT) => {
                    described = DATA_2;
                    all.fields(|all, field, kind| {
                        match (field, kind) {
                            (1, I32) => header.values = size(all)?,
                            (2, I32) => header.nulls = size(all)?,
                            (3, I32) => header.rows = size(all)?,
                            (4, I32) => header.encoding = all.int()?,
                            (5, I32) => header.definition = all.int()?,
                            (6, I32) => header.repetition = all.int()?,
                            // True and false are types of their own.
                            (7, flag @ (1 | 2)) => header.is_packed = flag == 1,
                            _ => return Ok(false),
                        }
                        Ok::<_, Malformed>(true)
                    })?;
                }
                _ => return Ok(false),
            }
            Ok::<_, Malformed>(true)
        })?;
        header.length = all.at();
        match header.kind == described || header.kind == INDEX {
            true => Ok(header),
            false => Err(Malformed::Wrong),
        }
    }
}

fn size(bytes: &mut Compact<'_>) -> std::result::Result<usize, Malformed> {
    usize::try_from(bytes.int()?).map_err(|_| Malformed::Wrong)
}

/// The pages of one column of one group of rows.
pub(crate) struct Pages {
    pub(crate) file: Arc<File>,
    /// Where the next page begins, and where the column ends.
    pub(crate) at: u64,
    pub(crate) end: u64,
    pub(crate) codec: Codec,
    pub(crate) column: ColumnDescPtr,
    /// Whether [`FEW`] rows are read at once.
    pub(crate) few: bool,
    pub(crate) budget: Arc<Budget>,
    /// How many values came since somebody began to count.
    pub(crate) came: Arc<AtomicUsize>,
    pub(crate) held: usize,
    pub(crate) dictionary: Option<usize>,
}

impl Drop for Pages {
    fn drop(&mut self) {
        self.budget
            .give_back(self.held + self.dictionary.unwrap_or(0));
    }
}

impl Pages {
    /// The header of the next page.
    fn header(&self) -> Result<Option<Header>> {
        let left = usize::try_from(self.end.saturating_sub(self.at)).unwrap_or(usize::MAX);
        if left == 0 {
            return Ok(None);
        }
        let mut wanted = HEADER.min(left);
        loop {
            let bytes = self.bytes(self.at, wanted)?;
            match Header::read(&bytes) {
                Ok(header) => return Ok(Some(header)),
                Err(Malformed::Short) if wanted < left.min(LONGEST_HEADER) => {
                    wanted = (wanted * 8).min(left).min(LONGEST_HEADER);
                }
                Err(_) => return Err(damaged("the header of a page is damaged")),
            }
        }
    }

    fn bytes(&self, at: u64, length: usize) -> Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        self.file
            .read_exact_at(&mut bytes, at)
            .map_err(|error: io::Error| ParquetError::External(Box::new(error)))?;
        Ok(bytes)
    }

    fn page(&mut self, header: &Header) -> Result<Page> {
        let at = self.at + header.length as u64;
        let end = at.saturating_add(header.packed as u64);
        if end > self.end {
            return Err(damaged("a page reaches beyond its column"));
        }
        // What is packed is no longer than what it holds, but for a little.
        if header.packed > header.unpacked.saturating_mul(2).saturating_add(64 << 10) {
            return Err(damaged("a page is longer packed than unpacked"));
        }
        let cost = match header.kind {
            DICTIONARY => header
                .unpacked
                .saturating_add(header.values.saturating_mul(ENTRY)),
            _ => self.cost(header)?,
        };
        self.budget.take(cost)?;
        match header.kind {
            DICTIONARY => self.dictionary = Some(cost),
            _ => self.held += cost,
        }
        let packed = self.bytes(at, header.packed)?;
        self.at = end;
        if (header.checksum).is_some_and(|checksum| checksum != crc32fast::hash(&packed)) {
            return Err(damaged("a page is not what its checksum says"));
        }
        // The levels of version 2 are not packed.
        let plain = match header.kind {
            DATA_2 => size_of_levels(header)?,
            _ => 0,
        };
        let rest = header.unpacked.checked_sub(plain);
        let (Some(rest), true) = (rest, plain <= packed.len()) else {
            return Err(damaged("a page is shorter than its levels"));
        };
        let buffer = match self.codec {
            codec if header.is_packed && codec != Codec::None && rest > 0 => {
                let mut buffer = Vec::with_capacity(header.unpacked);
                buffer.extend_from_slice(&packed[..plain]);
                let done = codec.unpack(&packed[plain..], rest, &mut buffer);
                done.ok_or_else(|| {
                    damaged("a page does not unpack to the size that its header names")
                })?;
                buffer
            }
            // Nothing packed is still something.
            codec if header.is_packed && codec != Codec::None => packed[..plain].to_vec(),
            _ if packed.len() == header.unpacked => packed,
            _ => return Err(damaged("a page has another size than its header names")),
        };
        self.decodable(header, &buffer)?;
        let number = |count: usize| u32::try_from(count).map_err(|_| damaged("a page is damaged"));
        let values = number(header.values)?;
        let encoding = encoding(header.encoding)?;
        Ok(match header.kind {
            DICTIONARY => Page::DictionaryPage {
                buf: buffer.into(),
                num_values: values,
                encoding,
                is_sorted: false,
            },
            DATA => Page::DataPage {
                buf: buffer.into(),
                num_values: values,
                encoding,
                def_level_encoding: self::encoding(header.definition)?,
                rep_level_encoding: self::encoding(header.repetition)?,
                statistics: None,
            },
            _ => Page::DataPageV2 {
                buf: buffer.into(),
                num_values: values,
                encoding,
                num_nulls: number(header.nulls)?,
                num_rows: number(header.rows)?,
                def_levels_byte_len: header.definition.cast_unsigned(),
                rep_levels_byte_len: header.repetition.cast_unsigned(),
                is_compressed: header.is_packed,
                statistics: None,
            },
        })
    }

    /// What a page of data takes in memory while it is decoded.
    fn cost(&self, header: &Header) -> Result<usize> {
        let bytes = header.unpacked;
        Ok(match encoding(header.encoding)? {
            // The lengths of all values are held.
            Encoding::DELTA_LENGTH_BYTE_ARRAY => bytes.saturating_add(4 * header.values),
            Encoding::DELTA_BYTE_ARRAY if !self.few => {
                return Err(damaged(
                    "a page is written in a way that its footer does not name",
                ));
            }
            Encoding::DELTA_BYTE_ARRAY => bytes
                .saturating_mul(FEW + 1)
                .saturating_add(8 * header.values),
            _ => bytes,
        })
    }

    /// Whether the library can decode a page without a fault of its own.
    fn decodable(&self, header: &Header, buffer: &[u8]) -> Result<()> {
        let wrong = || damaged("a page is damaged");
        let encoding = encoding(header.encoding)?;
        let values = match header.kind {
            DICTIONARY => {
                let plain = matches!(encoding, Encoding::PLAIN | Encoding::PLAIN_DICTIONARY);
                let counted = self.plain(buffer, header.values);
                return counted.filter(|()| plain).ok_or_else(wrong);
            }
            DATA => {
                let levels = [
                    (self.column.max_rep_level(), header.repetition),
                    (self.column.max_def_level(), header.definition),
                ];
                let mut rest = buffer;
                for (most, encoding) in levels {
                    if most > 0 {
                        rest =
                            behind_levels(rest, most, encoding, header.values).ok_or_else(wrong)?;
                    }
                }
                rest
            }
            _ => {
                let levels = size_of_levels(header)?;
                if header.nulls > header.values {
                    return Err(wrong());
                }
                buffer.get(levels..).ok_or_else(wrong)?
            }
        };
        let kind = self.column.physical_type();
        let whole = matches!(kind, Type::INT32 | Type::INT64);
        let text = matches!(kind, Type::BYTE_ARRAY);
        let fixed = matches!(kind, Type::FIXED_LEN_BYTE_ARRAY);
        let width = if kind == Type::INT32 { 32 } else { 64 };
        let sound = match encoding {
            Encoding::PLAIN => Some(()),
            Encoding::RLE if kind == Type::BOOLEAN => values.len().checked_sub(4).map(|_| ()),
            Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY => {
                // A page without values needs none.
                let empty = header.kind == DATA_2 && header.nulls == header.values;
                match self.dictionary.is_some() || (empty && values.is_empty()) {
                    true => Some(()),
                    false => return Err(damaged("a page needs a dictionary that is not there")),
                }
            }
            Encoding::DELTA_BINARY_PACKED if whole => {
                delta::stream(values, width, header.values).map(|_| ())
            }
            Encoding::DELTA_LENGTH_BYTE_ARRAY if text => delta::texts(values, header.values),
            Encoding::DELTA_BYTE_ARRAY if text => delta::prefixed(values, header.values, None),
            Encoding::DELTA_BYTE_ARRAY if fixed => {
                let width = usize::try_from(self.column.type_length()).ok();
                delta::prefixed(values, header.values, width)
            }
            Encoding::BYTE_STREAM_SPLIT
                if !text && kind != Type::BOOLEAN && kind != Type::INT96 =>
            {
                Some(())
            }
            _ => {
                return Err(damaged("a page is written in a way that is not read here"));
            }
        };
        sound.ok_or_else(wrong)
    }

    /// Whether `buffer` holds so many plain values.
    fn plain(&self, buffer: &[u8], count: usize) -> Option<()> {
        let width = match self.column.physical_type() {
            Type::BOOLEAN => return None,
            Type::INT32 | Type::FLOAT => 4,
            Type::INT64 | Type::DOUBLE => 8,
            Type::INT96 => 12,
            Type::FIXED_LEN_BYTE_ARRAY => usize::try_from(self.column.type_length()).ok()?,
            Type::BYTE_ARRAY => {
                let mut rest = buffer;
                for _ in 0..count {
                    let (length, behind) = rest.split_first_chunk::<4>()?;
                    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
                    rest = behind.get(length..)?;
                }
                return Some(());
            }
        };
        (count.checked_mul(width)? <= buffer.len()).then_some(())
    }
}

/// The bytes of the levels of a page of version 2.
fn size_of_levels(header: &Header) -> Result<usize> {
    let one = |length: i32| usize::try_from(length).ok();
    let both = one(header.definition).zip(one(header.repetition));
    let both = both.and_then(|(one, other)| one.checked_add(other));
    both.ok_or_else(|| damaged("a page is damaged"))
}

/// What is behind the levels of a page of version 1.
fn behind_levels(bytes: &[u8], most: i16, encoding: i32, values: usize) -> Option<&[u8]> {
    match encoding {
        3 => {
            let (length, behind) = bytes.split_first_chunk::<4>()?;
            behind.get(usize::try_from(u32::from_le_bytes(*length)).ok()?..)
        }
        4 => {
            let width = (i16::BITS - most.leading_zeros()) as usize;
            bytes.get(values.checked_mul(width)?.div_ceil(8)..)
        }
        _ => None,
    }
}

/// How values are written, by the number of the format.
fn encoding(number: i32) -> Result<Encoding> {
    Ok(match number {
        0 => Encoding::PLAIN,
        2 => Encoding::PLAIN_DICTIONARY,
        3 => Encoding::RLE,
        #[expect(deprecated, reason = "files of the first writers are read too")]
        4 => Encoding::BIT_PACKED,
        5 => Encoding::DELTA_BINARY_PACKED,
        6 => Encoding::DELTA_LENGTH_BYTE_ARRAY,
        7 => Encoding::DELTA_BYTE_ARRAY,
        8 => Encoding::RLE_DICTIONARY,
        9 => Encoding::BYTE_STREAM_SPLIT,
        _ => return Err(damaged("a page is written in a way that is not read here")),
    })
}

impl PageReader for Pages {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        loop {
            self.budget.give_back(std::mem::take(&mut self.held));
            let Some(header) = self.header()? else {
                return Ok(None);
            };
            match header.kind {
                INDEX => {
                    self.at += header.length as u64 + header.packed as u64;
                    continue;
                }
                DICTIONARY if self.dictionary.is_some() => {
                    return Err(damaged("a column has two dictionaries"));
                }
                DATA | DATA_2 if self.column.max_rep_level() > 0 => {
                    let came = self.came.fetch_add(header.values, Ordering::Relaxed);
                    if came.saturating_add(header.values) > AT_ONCE {
                        return Err(ours(
                            "a column that may hold several values in a row has more than a million of them on few pages; have the log written with smaller pages",
                        ));
                    }
                }
                _ => {}
            }
            return self.page(&header).map(Some);
        }
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        Ok(self.header()?.map(|header| PageMetadata {
            num_rows: (header.kind == DATA_2).then_some(header.rows),
            num_levels: Some(header.values),
            is_dict: header.kind == DICTIONARY,
        }))
    }

    fn skip_next_page(&mut self) -> Result<()> {
        Err(damaged("no page is passed over"))
    }
}

impl Iterator for Pages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}
