from django.http import HttpResponse
from gongzhi.web.access import requires


@requires("staff")
def work_notice(request, **kw):
    return HttpResponse("soon")
