package io.sesoperator.simulator;

/**
 * The server says no: a code, and a message in both languages. The codes and texts are those of
 * https://www.tencentcloud.com/document/product/1084/39419 or, where that page has only a table,
 * those that the service was seen to send.
 */
final class Refusal extends Exception {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final String english;
  private final String chinese;

  private Refusal(String code, String english, String chinese) {
    super(code, null, false, false);
    this.code = code;
    this.english = english;
    this.chinese = chinese;
  }

  private Refusal(String code, String text) {
    this(code, text, text);
  }

  String code() {
    return code;
  }

  String message(boolean inChinese) {
    return inChinese ? chinese : english;
  }

  static Refusal unsupportedProtocol() {
    return new Refusal(
        "UnsupportedProtocol",
        "HTTP(S) request protocol error; only GET and POST requests are supported.");
  }

  static Refusal tooLarge() {
    return new Refusal("RequestSizeLimitExceeded", "The request size exceeds the upper limit.");
  }

  static Refusal missing(String parameter) {
    return new Refusal(
        "MissingParameter",
        "The request is missing a required parameter `" + parameter + "`.",
        "缺少参数错误。`" + parameter + "`");
  }

  static Refusal wrongType(String parameter, String type) {
    return new Refusal(
        "InvalidParameter",
        "The value type of parameter `%s` is not valid, input type should be `%s`"
            .formatted(parameter, type));
  }

  static Refusal invalidBody() {
    return new Refusal("InvalidParameter", "The request body is not a valid JSON object.");
  }

  static Refusal invalidQuery() {
    return new Refusal("InvalidParameter", "The request query is not URL-encoded.");
  }

  static Refusal contentType() {
    return new Refusal("InvalidParameter", "The request Content-Type is not supported.");
  }

  static Refusal unknownParameter(String name) {
    return new Refusal("UnknownParameter", "The parameter `" + name + "` is not recognized.");
  }

  static Refusal invalidValue(String parameter) {
    return new Refusal(
        "InvalidParameterValue", "The value of parameter `" + parameter + "` is not valid.");
  }

  static Refusal invalidAuthorization() {
    return new Refusal(
        "AuthFailure.InvalidAuthorization",
        "The `Authorization` in the request header is invalid.",
        "请求头部的 `Authorization` 不符合腾讯云标准。");
  }

  static Refusal secretIdNotFound() {
    return new Refusal(
        "AuthFailure.SecretIdNotFound",
        "The SecretId is not found, please ensure that your SecretId is correct.",
        "密钥不存在。");
  }

  static Refusal token() {
    return new Refusal("AuthFailure.TokenFailure", "Token error.", "token 错误。");
  }

  static Refusal expired() {
    return new Refusal(
        "AuthFailure.SignatureExpire",
        "Signature expired. Timestamp and server time cannot differ by more than five minutes.",
        "签名过期。Timestamp 和服务器时间相差不得超过五分钟，请检查本地时间是否和标准时间同步。");
  }

  static Refusal signature() {
    return new Refusal(
        "AuthFailure.SignatureFailure",
        "The provided credentials could not be validated. Please check your signature is correct.",
        "签名错误。签名计算错误，请对照调用方式中的签名方法文档检查签名计算过程。");
  }

  static Refusal action() {
    return new Refusal("InvalidAction", "The API does not exist.", "接口不存在。");
  }

  static Refusal version() {
    return new Refusal("NoSuchVersion", "The API version does not exist.", "接口版本不存在。");
  }

  static Refusal region() {
    return new Refusal("UnsupportedRegion", "The action not support this region");
  }

  static Refusal tooMany(int current, int limit) {
    return new Refusal(
        "RequestLimitExceeded",
        "Your current request times equals to `%s` in a second, which exceeds the frequency limit `%s` for a second. Please reduce the frequency of calls."
            .formatted(current, limit));
  }

  static Refusal denied(String code, String operation, String resource, String requestId) {
    return new Refusal(
        code,
        "[request id:%s]you are not authorized to perform operation (ses:%s)\nresource (%s) has no permission\n"
            .formatted(requestId, operation, resource));
  }

  static Refusal noSuchSender() {
    return new Refusal(
        "InvalidParameterValue.NoSuchSender",
        "You don't have the sender address. Check if it exists.",
        "您没有这个发件地址，请检查是否存在。");
  }

  static Refusal weakPassword() {
    return new Refusal(
        "InvalidParameterValue.InvalidSmtpPassWord",
        "The password can contain 10-20 characters and must contain at least 2 unique digits, lowercase letters, and uppercase letters.",
        "密码长度为10~20位，且必须至少包含2位不重复的数字、小写字母、大写字母。");
  }

  static Refusal repeatedPassword() {
    return new Refusal(
        "OperationDenied.RepeatPassWord",
        "The password cannot be the same as the last set password.",
        "不能与上一次设置密码相同。");
  }

  static Refusal illegalAddress() {
    return new Refusal(
        "InvalidParameterValue.IllegalEmailAddress",
        "Invalid email address. Make sure the address format is correct.");
  }

  static Refusal repeatedAddress() {
    return new Refusal(
        "InvalidParameterValue.RepeatEmailAddress",
        "This email address already exists. Do not create it again.");
  }

  static Refusal roleNotFound() {
    return new Refusal("ResourceNotFound.RoleNotFound", "The role does not exist.", "角色不存在。");
  }

  static Refusal webIdentityToken() {
    return new Refusal(
        "InvalidParameter.WebIdentityTokenError", "Identity token error.", "身份令牌错误。");
  }

  static Refusal overTime() {
    return new Refusal(
        "InvalidParameter.OverTimeError",
        "The expiration time exceeds the threshold.",
        "过期时间超过阈值。");
  }

  static Refusal invalidStsParameter() {
    return new Refusal("InvalidParameter.ParamError", "Invalid parameter.", "非法入参。");
  }

  /** A code that a script asks for; the real text is unknown, and no client may read it. */
  static Refusal scripted(String code) {
    return new Refusal(code, "Scripted by the simulator.");
  }
}
