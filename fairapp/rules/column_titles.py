"""The titles that columns bear in lists of many languages, for each field of a list."""

from enum import StrEnum


class Field(StrEnum):
    """What one column of a list can tell; the values are the words of ``--columns``."""

    NAME = "name"
    OTHER_NAME = "other_name"
    KIND = "kind"
    TAX_CODE = "tax_code"
    BOOTH = "booth"
    HALL = "hall"
    COUNTRY = "country"
    PROVINCE = "province"
    COMMUNE = "commune"
    ADDRESS = "address"
    CONTACT = "contact"
    EMAIL = "email"
    PHONE = "phone"
    WEBSITE = "website"
    DESCRIPTION = "description"
    GROUP = "group"
    PRODUCTS = "products"
    STARS = "stars"


# The best word for a field stands first: of two columns that could be one field, the earlier word wins.
TITLES: dict[Field, str] = {
    Field.NAME: (
        "exhibitor name|exhibitor|company name|company|shop name|shop|organisation name|organisation|"
        "organization name|organization|producer name|producer|business name|brand name|brand|enterprise|"
        "vendor|vendor name|firm|name|tên đơn vị|tên đơn vị trưng bày|đơn vị trưng bày|đơn vị|tên chủ thể|"
        "chủ thể|tên cơ sở|cơ sở|cơ sở sản xuất|tên công ty|công ty|tên doanh nghiệp|doanh nghiệp|"
        "tên hợp tác xã|nhà sản xuất|tên|aussteller|firma|firmenname|unternehmen|exposant|société|"
        "raison sociale|entreprise|nom|expositor|empresa|razón social|nombre|espositore|azienda|nome|"
        "出展者名|出展者|出店者名|出店者|店名|会社名|企業名|団体名|事業者名|名称|参展商|公司名称|企业名称|"
        "公司|业体名|업체명|회사명|기업명|참가업체|ชื่อผู้ประกอบการ|ผู้ประกอบการ|ชื่อร้าน|ชื่อกลุ่ม|"
        "peserta|nama perusahaan|perusahaan|nama"
    ),
    Field.OTHER_NAME: (
        "native name|name native|local name|original name|other name|name in english|english name|name en|"
        "name latin|international name|tên khác|tên giao dịch|tên tiếng anh|tên quốc tế|tên bản địa|英語名|"
        "英文名|英文名称|영문명|ชื่อภาษาอังกฤษ|nom anglais|nombre en inglés"
    ),
    Field.KIND: (
        "kind|organisation kind|legal form|type of organisation|loại hình|loại hình chủ thể|rechtsform|"
        "forme juridique"
    ),
    Field.TAX_CODE: (
        "tax code|tax id|tax number|vat number|vat id|vat|mã số thuế|mst|ust id|steuernummer|nif|rfc|nit|"
        "税号|登録番号|사업자등록번호"
    ),
    Field.BOOTH: (
        "booth|booth number|booth no|booth id|booth code|stand|stand number|stand no|stand code|"
        "standnummer|standnr|stall|stall no|gian hàng|số gian hàng|mã gian hàng|mã gian|số gian|gian|"
        "vị trí gian hàng|emplacement|numéro de stand|n° de stand|número de stand|estand|posteggio|"
        "小間番号|小間|ブース|ブース番号|ブースno|展位|展位号|展台号|부스|부스번호|บูธ|หมายเลขบูธ|เลขบูธ|"
        "nomor stan|stan"
    ),
    Field.HALL: (
        "hall|halle|hall name|hall no|pavilion|pavillon|pabellón|padiglione|nhà trưng bày|nhà|"
        "khu trưng bày|khu|sảnh|ホール|会場|展馆|馆号|홀|전시장|อาคาร|ฮอลล์|aula"
    ),
    Field.COUNTRY: (
        "country|country name|country code|nation|nước|quốc gia|land|pays|país|paese|国|国名|国家|국가|"
        "ประเทศ|negara"
    ),
    Field.PROVINCE: (
        "province|province city|state|region|prefecture|city|tỉnh|tỉnh thành|tỉnh thành phố|thành phố|"
        "địa phương|bundesland|stadt|ville|ciudad|provincia|departamento|都道府県|県|省份|省|지역|จังหวัด|"
        "provinsi"
    ),
    Field.COMMUNE: (
        "commune|ward|village|district|xã|xã phường|phường|phường xã|gemeinde|comune|municipio|市町村|ตำบล|"
        "desa|읍면동"
    ),
    Field.ADDRESS: (
        "address|street address|địa chỉ|adresse|anschrift|dirección|indirizzo|住所|地址|주소|ที่อยู่|alamat"
    ),
    Field.CONTACT: (
        "contact person|contact name|contact|representative|người liên hệ|người đại diện|đại diện|"
        "ansprechpartner|personne de contact|persona de contacto|担当者|代表者|联系人|담당자|ผู้ติดต่อ|"
        "kontak"
    ),
    Field.EMAIL: (
        "email|e mail|mail|email address|e mail address|contact email|thư điện tử|địa chỉ email|hộp thư|"
        "courriel|correo|correo electrónico|posta elettronica|メール|メールアドレス|邮箱|电子邮件|이메일|"
        "อีเมล|surel"
    ),
    Field.PHONE: (
        "phone|phone number|telephone|tel|mobile|mobile phone|contact phone|số điện thoại|điện thoại|sđt|"
        "di động|telefon|telefonnummer|téléphone|teléfono|telefono|電話|電話番号|电话|手机|전화|전화번호|"
        "โทรศัพท์|เบอร์โทร|telepon"
    ),
    Field.WEBSITE: (
        "website|web site|web|url|homepage|home page|web page|link|site|trang web|webseite|internet|"
        "site web|sitio web|página web|sito|ホームページ|サイト|网站|网址|홈페이지|เว็บไซต์|situs"
    ),
    Field.DESCRIPTION: (
        "description|about|profile|company profile|story|introduction|text|mô tả|giới thiệu|câu chuyện|"
        "beschreibung|présentation|descripción|descrizione|説明|紹介|简介|介绍|소개|รายละเอียด|deskripsi"
    ),
    Field.GROUP: (
        "product group|group|category|categories|category codes|product category|sector|nhóm sản phẩm|nhóm|"
        "nhóm ngành|ngành hàng|ngành|loại sản phẩm|kategorie|produktgruppe|catégorie|secteur|categoría|"
        "rubro|categoria|カテゴリ|カテゴリー|ジャンル|分野|类别|分类|품목|분류|ประเภท|kategori"
    ),
    Field.PRODUCTS: (
        "products|product|product name|product names|goods|exhibits|items|sản phẩm|tên sản phẩm|"
        "sản phẩm trưng bày|mặt hàng|produkte|produits|productos|prodotti|商品|製品|出品物|产品|产品名称|"
        "제품|전시품목|สินค้า|ผลิตภัณฑ์|ชื่อผลิตภัณฑ์|produk"
    ),
    Field.STARS: (
        "stars|star|star rating|rating|ocop stars|ocop star|ocop|số sao|hạng sao|sao|xếp hạng|phân hạng|"
        "sterne|étoiles|estrellas|stelle|星|星数|等级|등급|ดาว|ระดับดาว|bintang"
    ),
}
