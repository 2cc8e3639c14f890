"""The titles that columns bear in bank statements, for each thing a line of one can tell."""

from enum import StrEnum

from fairapp.rules.text import words


class BankField(StrEnum):
    """What one column of a statement can tell."""

    BOOKED_ON = "booked_on"
    AMOUNT = "amount"
    MONEY_IN = "money_in"
    MONEY_OUT = "money_out"
    SIGN = "sign"
    """A column of its own that says whether the amount came or went: C or D, Có or Nợ, + or -."""
    TEXT = "text"
    COUNTERPART = "counterpart"
    REFERENCE = "reference"
    """The bank's own number of the movement."""


# The best word for a field stands first: of two columns that could be one field, the earlier word wins.
_TITLES: dict[BankField, str] = {
    BankField.BOOKED_ON: (
        "booking date|transaction date|trans date|txn date|posting date|value date|effective date|date|"
        "date time|ngày giao dịch|ngày gd|ngày hạch toán|ngày ghi sổ|ngày hiệu lực|ngày phát sinh|"
        "ngày chứng từ|ngày giá trị|ngày tháng|ngày|ngày giờ giao dịch|thời gian giao dịch|thời gian|"
        "buchungstag|buchungsdatum|datum|date de l'opération|fecha|data|วันที่|取引日|交易日期|日期"
    ),
    BankField.MONEY_IN: (
        "credit amount|credit|amount credit|credits|deposit|deposits|paid in|money in|received|incoming|"
        "phát sinh có|ps có|số tiền ghi có|ghi có|số tiền có|có|tiền vào|số tiền vào|thu|haben|gutschrift|"
        "crédit|haber|abono|入金|贷方|收入"
    ),
    BankField.MONEY_OUT: (
        "debit amount|debit|amount debit|debits|withdrawal|withdrawals|paid out|money out|outgoing|"
        "phát sinh nợ|ps nợ|số tiền ghi nợ|ghi nợ|số tiền nợ|nợ|tiền ra|số tiền ra|chi|soll|lastschrift|"
        "débit|debe|cargo|出金|借方|支出"
    ),
    BankField.AMOUNT: (
        "amount|transaction amount|trans amount|txn amount|amount vnd|số tiền|số tiền giao dịch|"
        "số tiền gd|số tiền vnd|giá trị|phát sinh|betrag|umsatz|montant|importe|monto|importo|"
        "จำนวนเงิน|金額|金额"
    ),
    BankField.SIGN: (
        "debit credit|dr cr|d c|credit debit|cr dr|c d|dc|cd|sign|type|nợ có|ghi nợ ghi có|loại gd|"
        "loại giao dịch|loại|dấu|soll haben"
    ),
    BankField.TEXT: (
        "description|transaction description|details|transaction details|narrative|remarks|remark|memo|"
        "message|content|particulars|purpose|payment details|nội dung|nội dung giao dịch|nội dung gd|"
        "nội dung chuyển khoản|nội dung ck|mô tả|mô tả giao dịch|diễn giải|chi tiết|chi tiết giao dịch|"
        "thông tin giao dịch|ghi chú|verwendungszweck|buchungstext|libellé|concepto|causale|รายการ|摘要"
    ),
    BankField.COUNTERPART: (
        "counterpart|counterparty|counter party|counterparty name|correspondent|correspondent name|"
        "sender|sender name|remitter|remitter name|payer|payer name|ordering customer|beneficiary|"
        "account name|corresponsive name|tên đối ứng|tên tài khoản đối ứng|tên tk đối ứng|"
        "tên người chuyển|người chuyển|người nộp|người gửi|đối tác|đơn vị chuyển|"
        "tài khoản đối ứng|auftraggeber|donneur d'ordre|ordenante|ordinante|付款人|对方户名"
    ),
    BankField.REFERENCE: (
        "transaction id|transaction number|transaction no|trans no|txn id|reference|reference number|"
        "reference no|ref no|ref|bank reference|document number|doc no|document no|ft number|"
        "số giao dịch|mã giao dịch|mã gd|số tham chiếu|số chứng từ|số ct|số bút toán|bút toán|"
        "số tham chiếu ngân hàng|mã tham chiếu|referenz|référence|referencia|参考号|流水号"
    ),
}
_MEANINGS: dict[str, tuple[int, BankField]] = {}
for _field, _listed in _TITLES.items():
    for _rank, _word in enumerate(_listed.split("|")):
        _MEANINGS.setdefault(words(_word), (_rank, _field))


def bank_meaning(title: str) -> tuple[int, BankField] | None:
    """The field a title means, and how far it is from the best word for it; banks add notes to titles.

    ``Ngày GD/ Trans. Date`` and ``Số tiền (VND)`` count by their parts, each a little worse than the whole.
    """
    if hit := _MEANINGS.get(words(title)):
        return hit
    parts = title.replace("(", "/").replace(")", "/").replace("\n", "/").replace("|", "/").split("/")
    hits = [hit for part in parts if (hit := _MEANINGS.get(words(part)))]
    return min(((rank + 100, field) for rank, field in hits), default=None)


def bank_field(title: str) -> BankField | None:
    """The field a title means, without its rank."""
    hit = bank_meaning(title)
    return hit[1] if hit else None
