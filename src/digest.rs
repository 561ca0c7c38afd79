//! Digests: SHA-256 (FIPS 180-4) and SM3 (GB/T 32905-2016), by which a report names its rulebook and
//! its entry. Written here, and in one loop, because the module that portals embed counts its bytes.
//!
//! Both pad a message alike and work on blocks of 16 words with a state of 8; they differ in what
//! one of the 64 rounds does, in how a block's words go on, and in how a block ends.

/// One of both functions.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Function {
    Sha256,
    Sm3,
}

/// Both digests of some bytes: `sha256:` and `sm3:`, each with hexadecimal digits, and a blank between.
///
/// ```
/// let digest = duibiao::digest::digest(b"abc");
/// assert!(digest.starts_with("sha256:ba7816bf") && digest.contains(" sm3:66c7f0f4"));
/// ```
pub fn digest(bytes: &[u8]) -> String {
    crate::text::concat(&[&sha256(bytes), " ", &sm3(bytes)])
}

/// SHA-256 of some bytes, as `sha256:` and hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    text("sha256:", hash(bytes, Function::Sha256))
}

/// SM3 of some bytes, as `sm3:` and hexadecimal digits.
pub fn sm3(bytes: &[u8]) -> String {
    text("sm3:", hash(bytes, Function::Sm3))
}

fn text(name: &str, words: [u32; 8]) -> String {
    let mut text = String::from(name);
    for word in words {
        for place in (0..8).rev() {
            text.extend(char::from_digit(word >> (4 * place) & 15, 16));
        }
    }
    text
}

fn hash(bytes: &[u8], function: Function) -> [u32; 8] {
    // A one, zeros up to eight bytes before the end of a block, and the length in bits.
    let mut padded = bytes.to_vec();
    padded.push(0x80);
    while padded.len() % 64 != 56 {
        padded.push(0);
    }
    padded.extend_from_slice(&(bytes.len() as u64 * 8).to_be_bytes());
    let mut state = match function {
        Function::Sha256 => SHA256_START,
        Function::Sm3 => SM3_START,
    };
    for block in padded.chunks_exact(64) {
        let mut words = [0; 16];
        for (word, bytes) in words.iter_mut().zip(block.chunks_exact(4)) {
            *word = bytes
                .iter()
                .fold(0, |word, byte| word << 8 | u32::from(*byte));
        }
        let worked = rounds(state, words, function);
        for (old, new) in state.iter_mut().zip(worked) {
            *old = match function {
                Function::Sha256 => old.wrapping_add(new),
                Function::Sm3 => *old ^ new,
            };
        }
    }
    state
}

/// The state after the 64 rounds of a block. A word that was used makes room for the one 16 places on.
fn rounds(mut state: [u32; 8], mut words: [u32; 16], function: Function) -> [u32; 8] {
    for (round, constant) in (0u32..).zip(SHA256_ROUNDS) {
        let [a, b, c, d, e, f, g, h] = state;
        #[expect(clippy::indexing_slicing, reason = "a place modulo 16, of 16 words")]
        let word = |ahead: u32| words[(round + ahead) as usize % 16];
        let choice = e & f | !e & g;
        let majority = a & b | a & c | b & c;
        let next = match function {
            Function::Sha256 => {
                let mix = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
                let one = sum([h, mix, choice, constant, word(0)]);
                let mix = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
                state = [sum([one, mix, majority]), a, b, c, sum([d, one]), e, f, g];
                let (near, far) = (word(1), word(14));
                sum([
                    word(0),
                    near.rotate_right(7) ^ near.rotate_right(18) ^ near >> 3,
                    word(9),
                    far.rotate_right(17) ^ far.rotate_right(19) ^ far >> 10,
                ])
            }
            Function::Sm3 => {
                let (constant, one, two) = match round {
                    0..16 => (0x79cc_4519_u32, a ^ b ^ c, e ^ f ^ g),
                    _ => (0x7a87_9d8a, majority, choice),
                };
                let turned = a.rotate_left(12);
                let mix = sum([turned, e, constant.rotate_left(round % 32)]).rotate_left(7);
                let one = sum([one, d, mix ^ turned, word(0) ^ word(4)]);
                let two = sum([two, h, mix, word(0)]);
                let two = two ^ two.rotate_left(9) ^ two.rotate_left(17);
                state = [one, a, b.rotate_left(9), c, two, e, f.rotate_left(19), g];
                let mixed = word(0) ^ word(7) ^ word(13).rotate_left(15);
                let mixed = mixed ^ mixed.rotate_left(15) ^ mixed.rotate_left(23);
                mixed ^ word(3).rotate_left(7) ^ word(10)
            }
        };
        if let Some(used) = words.get_mut(round as usize % 16) {
            *used = next;
        }
    }
    state
}

fn sum<const N: usize>(words: [u32; N]) -> u32 {
    words.into_iter().fold(0, u32::wrapping_add)
}

const SHA256_START: [u32; 8] = [
    0x6a09_e667,
    0xbb67_ae85,
    0x3c6e_f372,
    0xa54f_f53a,
    0x510e_527f,
    0x9b05_688c,
    0x1f83_d9ab,
    0x5be0_cd19,
];

const SM3_START: [u32; 8] = [
    0x7380_166f,
    0x4914_b2b9,
    0x1724_42d7,
    0xda8a_0600,
    0xa96f_30bc,
    0x1631_38aa,
    0xe38d_ee4d,
    0xb0fb_0e4e,
];

#[rustfmt::skip]
const SHA256_ROUNDS: [u32; 64] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
];
