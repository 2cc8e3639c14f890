"""What a booth's sign asks of its reader, in the languages of guests from abroad."""

from __future__ import annotations

from collections.abc import Mapping

SCAN: Mapping[str, str] = {
    "th": "สแกนเพื่อดูว่าใครอยู่ที่นี่และทำสินค้าอะไร",
    "lo": "ສະແກນເພື່ອເບິ່ງວ່າໃຜຢູ່ບ່ອນນີ້ ແລະ ຜະລິດຫຍັງ",
    "km": "ស្កេនដើម្បីមើលថានរណានៅទីនេះ និងផលិតអ្វី",
    "my": "ဤနေရာတွင် မည်သူရှိပြီး ဘာထုတ်လုပ်သည်ကို ကြည့်ရန် စကင်ဖတ်ပါ",
    "zh": "扫一扫，了解这里的参展商和产品",
    "ja": "読み取ると、出展者と商品がわかります",
    "ko": "스캔하면 이곳의 업체와 제품을 볼 수 있습니다",
    "hi": "स्कैन करके देखें कि यहाँ कौन है और क्या बनाता है",
    "ar": "امسح الرمز لترى من هنا وماذا يصنع",
    "fr": "Scannez pour voir qui est ici et ce qui s’y fabrique",
}
"""One sentence: it stands on the sign beside the two languages of the house."""
MOST_FURTHER = 4


def further(languages: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The sentence in these languages, as far as it is known: (text, language)."""
    return tuple((SCAN[code], code) for code in languages[:MOST_FURTHER] if code in SCAN)
